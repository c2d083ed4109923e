/** Asks before leaving a form marked `data-guard` whose input has not been sent. */
export function guardDrafts() {
  let dirty = false
  document.addEventListener('input', (event) => {
    if (event.target.closest('form[data-guard]')) dirty = true
  })
  document.addEventListener('submit', () => (dirty = false), true)
  document.addEventListener('turbo:load', () => (dirty = false))
  document.addEventListener('turbo:before-visit', (event) => {
    const words = document.querySelector('main')?.dataset.unsaved
    if (dirty && words && !window.confirm(words)) event.preventDefault()
  })
  window.addEventListener('beforeunload', (event) => {
    if (dirty) event.preventDefault()
  })
}
