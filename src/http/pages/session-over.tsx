import type { Context } from 'hono'
import type { SessionOver } from '../../domain/access/sessions.ts'
import { httpTexts } from '../../domain/text/http.ts'
import { sessionTexts as text } from '../../domain/text/sessions.ts'
import { paths, withQuery } from '../paths.ts'
import { Button, ButtonRow } from '../ui/button.tsx'
import { PageHeader, Stack } from '../ui/page.tsx'
import { Alert } from '../ui/status.tsx'
import type { PortalEnv } from '../visitor.ts'
import type { View } from './render.tsx'
import type { Visit } from './visit.ts'

/** Forms larger than this are not given back, in bytes. */
const maxKeptBytes = 256 * 1024
/** What is never written into a page. */
const isSecret = (name: string): boolean => /password|current|repeat|code|secret|passphrase|sandi/i.test(name)

type Kept = readonly (readonly [name: string, value: string])[]

/**
 * A form came in after its session was over: what was written stands in the page that is answered, and nowhere else, and
 * is sent again from there.
 */
export async function sessionOverView(visit: Visit, over: SessionOver): Promise<View> {
  const { say, locale, c } = visit
  const kept = await keptFields(c)
  return {
    title: say(text.endedTitle),
    body: (
      <Stack>
        <PageHeader title={say(text.endedTitle)} />
        <Alert tone="warning" locale={locale} assert>
          <p>{say(text.over(over))}</p>
          <p>{say(text.notSaved)}</p>
          <p>{say(kept ? text.kept : text.notKept)}</p>
        </Alert>
        {kept ? <SendAgain visit={visit} fields={kept} /> : <SignIn visit={visit} />}
      </Stack>
    ),
  }
}

function SendAgain({ visit, fields }: { visit: Visit; fields: Kept }) {
  const { say, path } = visit
  return (
    <form method="post" action={path} data-turbo="false">
      {fields.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <ButtonRow>
        <a
          class="button button-primary"
          href={withQuery(paths.signIn(), { kembali: paths.account() })}
          target="_blank"
          rel="noopener"
        >
          {say(text.signInNewTab)}
        </a>
        <Button kind="secondary">{say(text.sendAgain)}</Button>
      </ButtonRow>
    </form>
  )
}

const SignIn = ({ visit }: { visit: Visit }) => (
  <ButtonRow>
    <Button href={paths.signIn()}>{visit.say(httpTexts.signIn)}</Button>
  </ButtonRow>
)

/** @returns the fields of a form; nothing when it holds a file or a secret, or is too large or no form */
async function keptFields(c: Context<PortalEnv>): Promise<Kept | undefined> {
  const length = Number(c.req.header('content-length') ?? Number.POSITIVE_INFINITY)
  const isForm = /^(application\/x-www-form-urlencoded|multipart\/form-data)/.test(
    c.req.header('content-type') ?? '',
  )
  if (!isForm || length > maxKeptBytes) return undefined
  const form = await c.req.formData().catch(() => undefined)
  const fields = [...(form ?? [])]
  const isPlain = fields.every(([name, value]) => typeof value === 'string' && !isSecret(name))
  return isPlain && fields.length > 0 ? (fields as [string, string][]) : undefined
}
