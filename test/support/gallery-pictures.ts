/** `node --import tsx test/support/gallery-pictures.ts FOLDER [PATH-PART]`: pictures of the gallery, and what axe finds. */
import { launchBrowser, runAxe, screenshots, sidewaysOverflow, widths } from './browser.ts'
import { galleryPaths, serveGallery } from './gallery.tsx'

const [folder = 'gallery', part = ''] = process.argv.slice(2)
const gallery = await serveGallery()
const browser = await launchBrowser()
try {
  const page = await browser.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error') console.log('console:', message.text())
  })
  for (const path of galleryPaths.filter((path) => path.includes(part))) {
    await page.goto(gallery.url + path, { waitUntil: 'load' })
    for (const file of await screenshots(page, folder, path.slice(1).replaceAll('/', '-'))) console.log(file)
    for (const width of Object.values(widths)) {
      await page.setViewportSize({ width, height: 800 })
      const overflow = await sidewaysOverflow(page)
      if (overflow > 0) console.log(`${path} overflows by ${overflow} px at ${width}`)
    }
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme })
      for (const found of await runAxe(page)) console.log(path, scheme, found)
    }
  }
} finally {
  await browser.close()
  gallery.close()
}
