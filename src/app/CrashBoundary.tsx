import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button'
import { PageHeading } from '../ui/PageHeading'

/** Catches a mistake in the page itself and says what the person can do. */
export class CrashBoundary extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false }

  static getDerivedStateFromError() {
    return { crashed: true }
  }

  override render() {
    return this.state.crashed ? <CrashPage /> : this.props.children
  }
}

function CrashPage() {
  const { t } = useTranslation()
  return (
    <main className="frame-main">
      <PageHeading title={t('crashTitle')} documentTitle={t('documentTitle', { page: t('crashTitle') })} />
      <p>{t('crashText')}</p>
      <Button variant="primary" onClick={() => location.reload()}>
        {t('reload')}
      </Button>
    </main>
  )
}
