import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useProblemWords } from '../../api/ProblemNotice'
import { useToast } from '../../ui/Announcer'
import { Button } from '../../ui/Button'
import { fetchFile, type Log } from './queries'
import { saveFile } from './save-file'

/** Takes what is shown of a school's log away as a file. */
export function ExportButton({ log }: { log: Log }) {
  const { t, i18n } = useTranslation('activity')
  const toast = useToast()
  const problemWords = useProblemWords()
  const download = useMutation({
    mutationFn: () => fetchFile(log, i18n.language === 'en' ? 'en' : 'da'),
    // A file of a whole school is not to stay in the page.
    gcTime: 0,
    onSuccess: ({ file, isWhole }) => {
      saveFile(file, t('fileName'))
      toast(t(isWhole ? 'exported' : 'exportedIncomplete'))
    },
    onError: (error) => {
      const { title, text } = problemWords(error)
      toast(`${title}. ${text}`)
    },
  })

  return (
    <Button size="small" title={t('exportHint')} busy={download.isPending} onClick={() => download.mutate()}>
      {t('export')}
    </Button>
  )
}
