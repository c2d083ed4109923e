import { resolve } from 'node:path'

/** The absolute path of a file named on the command line. `npm run` changes the folder and says where it came from. */
export const givenPath = (path: string): string => resolve(process.env.INIT_CWD ?? process.cwd(), path)
