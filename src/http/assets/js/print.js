/** Shows the buttons that print the page. */
export function offerPrint(root) {
  for (const button of root.querySelectorAll('[data-print][hidden]')) {
    button.hidden = false
    button.addEventListener('click', () => window.print())
  }
}
