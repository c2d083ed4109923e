import { fileURLToPath } from 'node:url'

import { build } from 'esbuild'

const ENTRY = fileURLToPath(new URL('./main.ts', import.meta.url))

/** The helper as one file for the Node of Debian 12, which has neither our packages nor TypeScript. */
export async function bundleSiteHelper(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [ENTRY],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node18',
    format: 'esm',
    legalComments: 'none',
    charset: 'utf8',
    // The ZIP library is CommonJS and asks for parts of Node by `require`.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  })
  return outputFiles[0]!.text
}
