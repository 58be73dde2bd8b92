import { Button } from '@mantine/core'
import { Link, Navigate } from '@tanstack/react-router'
import { Mark } from '../../shared/mark.tsx'
import { ReportView } from '../parts/report-view.tsx'
import { StepLine } from '../parts/step-line.tsx'
import { useFiledReport } from '../queries.ts'
import { texts } from '../texts.ts'

/**
 * Right after a report. It stands outside the frame because the report has ended every session,
 * this one too: what is shown is the answer of the report itself.
 */
export function FiledPage() {
  const report = useFiledReport()
  if (report === undefined) return <Navigate to="/" replace />
  return (
    <main className="content">
      <div className="narrow">
        <p className="brand">
          <Mark size={26} />
          <span>{texts.brand}</span>
        </p>
        <StepLine steps={texts.robbed.steps} at={2} />
        <section className="card note-card filed" role="alert">
          <strong>{texts.filed.title}</strong>
          <p>{texts.filed.text}</p>
          <Button component={Link} to="/" variant="white">
            {texts.filed.follow}
          </Button>
        </section>
        <ReportView report={report} />
      </div>
    </main>
  )
}
