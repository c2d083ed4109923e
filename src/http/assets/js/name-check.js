const waitMs = 400
const timeoutMs = 8000

/** Asks about a name while it is typed, once the keys rest; an older answer never replaces a newer one. */
export function checkNames(root) {
  for (const input of root.querySelectorAll('input[data-check]:not([data-ready])')) {
    input.dataset.ready = ''
    let timer
    let asked
    input.addEventListener('input', () => {
      clearTimeout(timer)
      asked?.abort()
      timer = setTimeout(() => {
        asked = new AbortController()
        ask(input, asked.signal)
      }, waitMs)
    })
  }
}

function show(input, tone, text) {
  const output = document.getElementById(input.dataset.answer)
  output.dataset.tone = tone
  output.textContent = text
}

async function ask(input, signal) {
  const name = input.value.trim()
  if (!name) return show(input, '', '')
  show(input, '', input.dataset.busy)
  const address = new URL(input.dataset.check, window.location.href)
  address.searchParams.set('name', name)
  const zone = input.dataset.zoneField && input.form?.elements[input.dataset.zoneField]
  if (zone) address.searchParams.set('zone', zone.value)
  try {
    const limits = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
    const response = await fetch(address, { headers: { accept: 'application/json' }, signal: limits })
    if (!response.ok) throw new Error(String(response.status))
    const { tone, text } = await response.json()
    show(input, tone, text)
  } catch {
    if (!signal.aborted) show(input, 'warning', input.dataset.failed)
  }
}
