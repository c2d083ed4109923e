/** Shows the forms that a passkey answers, and fills them with what the device says. */
export function offerPasskeys(root) {
  if (!window.PublicKeyCredential) return
  for (const place of root.querySelectorAll('[data-passkey-place][hidden]')) place.hidden = false
  for (const form of root.querySelectorAll('form[data-passkey]'))
    form.addEventListener('submit', (event) => answer(event, form))
}

async function answer(event, form) {
  const field = form.elements.response
  const isEmpty = [...form.querySelectorAll('[aria-required]')].some((each) => !each.value)
  if (field.value || isEmpty) return
  event.preventDefault()
  const said = form.querySelector('[data-passkey-error]')
  said.hidden = true
  try {
    const options = readOptions(JSON.parse(form.dataset.options))
    const credential = await navigator.credentials[form.dataset.passkey]({ publicKey: options })
    field.value = JSON.stringify(writeAnswer(credential))
    form.requestSubmit()
  } catch {
    said.hidden = false
  }
}

function readOptions(options) {
  options.challenge = octets(options.challenge)
  if (options.user) options.user.id = octets(options.user.id)
  for (const list of [options.excludeCredentials, options.allowCredentials])
    for (const each of list ?? []) each.id = octets(each.id)
  return options
}

function writeAnswer({ id, rawId, type, response }) {
  const parts = {}
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'])
    if (response[name]) parts[name] = text(response[name])
  if (response.getTransports) parts.transports = response.getTransports()
  return { id, rawId: text(rawId), type, response: parts, clientExtensionResults: {} }
}

function octets(text) {
  const padded = text.replaceAll('-', '+').replaceAll('_', '/')
  return Uint8Array.from(atob(padded), (sign) => sign.charCodeAt(0))
}

function text(buffer) {
  const signs = String.fromCharCode(...new Uint8Array(buffer))
  return btoa(signs).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
