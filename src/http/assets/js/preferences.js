/** Changes the appearance at once instead of loading the page again; the server still remembers it. */
export function rememberPreferences(root) {
  for (const form of root.querySelectorAll('form[data-preference="theme"]:not([data-ready])')) {
    form.dataset.ready = ''
    form.addEventListener('submit', (event) => apply(event, form))
  }
}

function apply(event, form) {
  const button = event.submitter
  if (!button) return
  event.preventDefault()
  if (button.value === 'auto') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = button.value
  for (const other of form.querySelectorAll('button')) other.setAttribute('aria-pressed', String(other === button))
  const body = new URLSearchParams(new FormData(form, button))
  fetch(form.action, { method: 'POST', body, redirect: 'manual' }).catch(() => form.submit())
}
