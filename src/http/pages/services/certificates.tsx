import type { ShownCertificate } from '../../../db/certificates/certificates.ts'
import type { ServiceFile } from '../../../db/services/lists.ts'
import { certificateTexts as text } from '../../../domain/text/certificates.ts'
import { Card, DefinitionList, Stack } from '../../ui/page.tsx'
import { Alert, StatusPill } from '../../ui/status.tsx'
import { Moment } from '../../ui/time.tsx'
import type { OfficeVisit } from '../visit.ts'

/** The certificate of a site: the one in use, and the one that is to come with the time to expect. */
export function Certificates({ visit, service }: { visit: OfficeVisit; service: ServiceFile }) {
  const { say } = visit
  const { certificates } = service
  return (
    <Card title={say(text.title)}>
      {certificates.every(({ status }) => status !== 'live') && <p>{say(text.none)}</p>}
      <Stack>
        {certificates.map((certificate) =>
          certificate.status === 'live' ? (
            <InUse visit={visit} certificate={certificate} />
          ) : (
            <Waiting visit={visit} certificate={certificate} />
          ),
        )}
      </Stack>
    </Card>
  )
}

type PartProps = { readonly visit: OfficeVisit; readonly certificate: ShownCertificate }

function InUse({ visit, certificate }: PartProps) {
  const { say } = visit
  const { names, issuer, notBefore, notAfter } = certificate
  return (
    <DefinitionList
      facts={[
        { term: say(text.state), value: <StatusPill tone="success" text={say(text.inUse)} /> },
        {
          term: say(text.names),
          value: (
            <span class="mono">
              {names.flatMap((name, index) => (index === 0 ? [name] : [<br />, name]))}
            </span>
          ),
        },
        { term: say(text.issuer), value: issuer ?? '–' },
        { term: say(text.validFrom), value: <At visit={visit} at={notBefore} /> },
        { term: say(text.validUntil), value: <At visit={visit} at={notAfter} /> },
      ]}
    />
  )
}

function Waiting({ visit, certificate }: PartProps) {
  const { say, locale } = visit
  const { trouble, expectedAt } = certificate
  if (trouble)
    return (
      <Alert tone="warning" locale={locale}>
        {say(trouble)}{' '}
        {expectedAt && (
          <>
            {say(text.tryAgain)} <At visit={visit} at={expectedAt} />.
          </>
        )}
      </Alert>
    )
  return (
    <p>
      {expectedAt ? (
        <>
          {say(text.queued)} <At visit={visit} at={expectedAt} />.
        </>
      ) : (
        say(text.underWay)
      )}
    </p>
  )
}

function At({ visit: { office, locale }, at }: { visit: OfficeVisit; at: Date | null }) {
  return at ? <Moment at={at} zone={office.timezone} locale={locale} /> : <>–</>
}
