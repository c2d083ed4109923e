/** Shows the copy buttons and copies the value beside them. */
export function offerCopy(root) {
  if (!navigator.clipboard) return
  for (const button of root.querySelectorAll('[data-copy][hidden]')) {
    button.hidden = false
    button.addEventListener('click', () => copyBeside(button))
  }
}

async function copyBeside(button) {
  const value = button.parentElement.querySelector('[data-copy-value]').textContent
  await navigator.clipboard.writeText(value)
  const words = button.querySelector('[data-copy-text]')
  const before = words.textContent
  words.textContent = button.dataset.copied
  setTimeout(() => (words.textContent = before), 2000)
}
