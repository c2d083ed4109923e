/** Lets a file be dropped on its field. */
export function acceptDrops(root) {
  for (const zone of root.querySelectorAll('[data-drop]:not([data-ready])')) {
    zone.dataset.ready = ''
    zone.querySelector('[data-drop-note]').hidden = false
    zone.addEventListener('dragover', (event) => {
      event.preventDefault()
      zone.dataset.over = ''
    })
    zone.addEventListener('dragleave', () => delete zone.dataset.over)
    zone.addEventListener('drop', (event) => take(event, zone))
  }
}

function take(event, zone) {
  event.preventDefault()
  delete zone.dataset.over
  const input = zone.querySelector('input[type="file"]')
  if (event.dataTransfer.files.length === 0) return
  input.files = event.dataTransfer.files
  input.dispatchEvent(new Event('input', { bubbles: true }))
}
