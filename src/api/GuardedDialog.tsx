import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, type ButtonProps } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import type { useGuardedDeed } from './guarded-deed'

interface GuardedDialogProps {
  title: string
  guarded: Pick<ReturnType<typeof useGuardedDeed>, 'stage' | 'goOn'>
  /** What asks for a new second factor; calls back once it is given. */
  secondFactor: (onGiven: () => void) => ReactNode
  /** The button that does it. */
  confirm: Pick<ButtonProps, 'variant' | 'type' | 'form' | 'onClick'> & { label: string }
  /** In place of all else, once it is done. */
  done?: { title: string; children: ReactNode; actions: ReactNode } | undefined
  children: ReactNode
  onClose: () => void
}

/** A dialog for what needs a second factor given lately: where it is too old, the code is asked for in its place. */
export function GuardedDialog({
  title,
  guarded: { stage, goOn },
  secondFactor,
  confirm: { label, ...button },
  done,
  children,
  onClose,
}: GuardedDialogProps) {
  const { t } = useTranslation()
  const confirmButton = useRef<HTMLButtonElement>(null)
  const doneElement = useRef<HTMLDivElement>(null)
  const isDone = done !== undefined

  // What had the focus is gone: the form of the code, or the button that was pressed.
  const stageBefore = useRef(stage)
  useEffect(() => {
    if (stageBefore.current === 'secondFactor' && stage !== 'secondFactor') confirmButton.current?.focus()
    stageBefore.current = stage
  }, [stage])
  useEffect(() => {
    if (isDone) doneElement.current?.focus()
  }, [isDone])

  const asksForCode = stage === 'secondFactor'
  return (
    <Dialog
      open
      title={done?.title ?? title}
      closeLabel={asksForCode ? t('close') : undefined}
      onClose={onClose}
      actions={
        done?.actions ??
        (!asksForCode && (
          <>
            <Button ref={confirmButton} {...button} busy={stage === 'sending'}>
              {label}
            </Button>
            <Button variant="secondary" onClick={onClose}>
              {t('cancel')}
            </Button>
          </>
        ))
      }
    >
      {done ? (
        <div ref={doneElement} tabIndex={-1} className="dialog-done">
          {done.children}
        </div>
      ) : asksForCode ? (
        secondFactor(goOn)
      ) : (
        children
      )}
    </Dialog>
  )
}
