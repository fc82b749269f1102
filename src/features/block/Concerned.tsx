import { useTranslation } from 'react-i18next'
import type { Pupil } from '../../api/pupil-cache'
import { useFormat } from '../../i18n/format'

/** As many names as can be read at a glance. */
const FEW = 12

/** Whom among these pupils a block does not keep out, or leaves as they are; the API answers so, too. */
export function Concerned({ pupils }: { pupils: readonly Pupil[] }) {
  const { t } = useTranslation('block')
  const format = useFormat()
  const namesOf = (some: readonly Pupil[]) => {
    const named = some.slice(0, FEW).map(({ name }) => name)
    const count = some.length - named.length
    return format.list(count > 0 ? [...named, t('more', { count })] : named)
  }
  const blocked = pupils.filter(({ status }) => status.block !== null)
  const local = pupils.filter(({ status }) => status.localLogin && status.block === null)
  return (
    <>
      {local.length > 0 && <p className="reason">{t('localLogin', { names: namesOf(local) })}</p>}
      {blocked.length > 0 && <p className="reason">{t('alreadyBlocked', { names: namesOf(blocked) })}</p>}
    </>
  )
}
