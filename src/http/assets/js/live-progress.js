/** Follows background work by server-sent events; without them the page can simply be reloaded. */
export function followProgress(root) {
  for (const box of root.querySelectorAll('[data-live]:not([data-ready])')) {
    box.dataset.ready = ''
    follow(box)
  }
}

function follow(box) {
  const source = new EventSource(box.dataset.live)
  const stop = () => source.close()
  source.addEventListener('state', (event) => {
    const page = new DOMParser().parseFromString(event.data, 'text/html')
    box.querySelector('[data-live-steps]').replaceChildren(...page.body.childNodes)
  })
  source.addEventListener('status', (event) => {
    box.querySelector('[data-live-status]').textContent = event.data
  })
  source.addEventListener('done', (event) => {
    stop()
    leaveFor(event.data)
  })
  document.addEventListener('turbo:before-render', stop, { once: true })
  window.addEventListener('pagehide', stop, { once: true })
}

function leaveFor(address) {
  const target = new URL(address || window.location.href, window.location.href)
  if (target.origin !== window.location.origin) return
  if (window.Turbo) window.Turbo.visit(target.href, { action: 'replace' })
  else window.location.replace(target.href)
}
