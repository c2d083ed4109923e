import type { ShownCertificate } from '../../../db/certificates/certificates.ts'
import type { ServiceFile } from '../../../db/services/lists.ts'
import type { Zone } from '../../../domain/dates/zones.ts'
import type { Locale } from '../../../domain/refused.ts'
import { certificateTexts as text } from '../../../domain/text/certificates.ts'
import { Card, DefinitionList, Stack } from '../../ui/page.tsx'
import { Alert, StatusPill } from '../../ui/status.tsx'
import { Moment } from '../../ui/time.tsx'
import type { OfficeVisit } from '../visit.ts'

/** A certificate may serve a hundred sites. */
const SHOWN_NAMES = 10

/** The certificate of a site: the one in use, and the one that is to come with the time to expect. */
export function Certificates({ visit, service }: { visit: OfficeVisit; service: ServiceFile }) {
  const { say, locale, office } = visit
  const { certificates } = service
  return (
    <Card title={say(text.title)}>
      <Stack>
        {certificates.every(({ status }) => status !== 'live') && <p>{say(text.none)}</p>}
        {certificates.map((certificate) =>
          certificate.status === 'live' ? (
            <InUse locale={locale} zone={office.timezone} certificate={certificate} />
          ) : (
            <Waiting locale={locale} zone={office.timezone} certificate={certificate} />
          ),
        )}
      </Stack>
    </Card>
  )
}

/** The same in a line each, on the page of the request that put the site into service. */
export function CertificateLines(props: {
  readonly locale: Locale
  readonly zone: Zone
  readonly certificates: readonly ShownCertificate[]
}) {
  const { locale, zone, certificates } = props
  if (certificates.length === 0) return null
  return (
    <>
      <p class="label">{text.title[locale]}</p>
      {certificates.map((certificate) =>
        certificate.status === 'live' ? (
          <p>
            {text.inUse[locale]} · {text.validUntil[locale]}{' '}
            <At locale={locale} zone={zone} at={certificate.notAfter} />
          </p>
        ) : (
          <Waiting locale={locale} zone={zone} certificate={certificate} />
        ),
      )}
    </>
  )
}

type PartProps = {
  readonly locale: Locale
  readonly zone: Zone
  readonly certificate: ShownCertificate
}

function InUse({ locale, zone, certificate }: PartProps) {
  const { names, issuer, notBefore, notAfter } = certificate
  return (
    <DefinitionList
      facts={[
        { term: text.state[locale], value: <StatusPill tone="success" text={text.inUse[locale]} /> },
        {
          term: text.names[locale],
          value: (
            <span class="mono">
              {names.slice(0, SHOWN_NAMES).flatMap((name, index) => (index === 0 ? [name] : [<br />, name]))}
              {names.length > SHOWN_NAMES && (
                <>
                  <br />
                  {text.moreNames(names.length - SHOWN_NAMES)[locale]}
                </>
              )}
            </span>
          ),
        },
        { term: text.issuer[locale], value: issuer ?? '–' },
        { term: text.validFrom[locale], value: <At locale={locale} zone={zone} at={notBefore} /> },
        { term: text.validUntil[locale], value: <At locale={locale} zone={zone} at={notAfter} /> },
      ]}
    />
  )
}

function Waiting({ locale, zone, certificate }: PartProps) {
  const { trouble, expectedAt } = certificate
  if (trouble)
    return (
      <Alert tone="warning" locale={locale}>
        {trouble[locale]}{' '}
        {expectedAt && (
          <>
            {text.tryAgain[locale]} <At locale={locale} zone={zone} at={expectedAt} />.
          </>
        )}
      </Alert>
    )
  return (
    <p>
      {expectedAt ? (
        <>
          {text.queued[locale]} <At locale={locale} zone={zone} at={expectedAt} />.
        </>
      ) : (
        text.underWay[locale]
      )}
    </p>
  )
}

function At({ locale, zone, at }: { locale: Locale; zone: Zone; at: Date | null }) {
  return at ? <Moment at={at} zone={zone} locale={locale} /> : <>–</>
}
