import { useParams } from '@tanstack/react-router'
import { PageHead } from '../parts/page-head.tsx'
import { ReportView } from '../parts/report-view.tsx'
import { RowsLoading, Trouble } from '../parts/states.tsx'
import { StepLine } from '../parts/step-line.tsx'
import { useReport } from '../queries.ts'
import { texts } from '../texts.ts'

/** How far making whole has come, with the dates that bind us. */
export function ReportPage() {
  const { id } = useParams({ from: '/frame/reports/$id' })
  const { data, error, refetch } = useReport(id)
  return (
    <div className="narrow">
      <PageHead title={texts.report.title} back="/safety" />
      <StepLine steps={texts.robbed.steps} at={2} />
      {data === undefined && error === null && <RowsLoading rows={5} />}
      {data === undefined && error !== null && (
        <Trouble error={error} again={() => void refetch()} />
      )}
      {data !== undefined && <ReportView report={data} />}
    </div>
  )
}
