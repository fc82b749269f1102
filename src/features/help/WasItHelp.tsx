import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button'

/** "Var det en hjælp?" It leads on and is told to nobody. */
export function WasItHelp({ children }: { children: ReactNode }) {
  const { t } = useTranslation('help')
  const [answer, setAnswer] = useState<'yes' | 'no' | null>(null)
  const reply = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    // The button that was pressed is gone.
    if (answer) reply.current?.focus()
  }, [answer])
  return (
    <section className="help-rating no-print" aria-labelledby="was-it-help">
      <h2 id="was-it-help">{t('wasItHelp')}</h2>
      {answer === null ? (
        <>
          <div className="button-row">
            <Button onClick={() => setAnswer('yes')}>{t('yes')}</Button>
            <Button onClick={() => setAnswer('no')}>{t('no')}</Button>
          </div>
          <p className="reason">{t('nothingSent')}</p>
        </>
      ) : (
        <p ref={reply} tabIndex={-1}>
          {answer === 'yes' ? t('thanks') : t('sorry')}
        </p>
      )}
      {answer === 'no' && children}
    </section>
  )
}
