import type { HandTask } from '../../../domain/fulfilment/hand-work.ts'
import type { Locale } from '../../../domain/refused.ts'
import { taskSheetTexts as texts } from '../../../domain/text/manual.ts'
import { CopyField } from '../../ui/case.tsx'
import { Stack } from '../../ui/page.tsx'

/** What has to be done by hand, value by value; it prints as it stands. */
export function TaskSheet({ tasks, locale }: { tasks: readonly HandTask[]; locale: Locale }) {
  return (
    <section aria-labelledby="lembar-pekerjaan">
      <Stack small>
        <h3 id="lembar-pekerjaan">{texts.title[locale]}</h3>
        <p>{texts.lead[locale]}</p>
        <ol class="tasks">
          {tasks.map((task) => (
            <li>
              <p>
                <strong>{task.title[locale]}</strong>
              </p>
              <dl class="task-values">
                {task.values.map(({ label, value }) => (
                  <div>
                    <dt>{label[locale]}</dt>
                    <dd>
                      <CopyField locale={locale} value={value} label={label[locale]} />
                    </dd>
                  </div>
                ))}
              </dl>
              <p class="muted small">{task.check[locale]}</p>
            </li>
          ))}
        </ol>
      </Stack>
    </section>
  )
}
