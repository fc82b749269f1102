import { useTranslation } from 'react-i18next'
import type { UsernameSlip } from '../../../server/take-away/schema'
import { paths } from '../../paths'
import { groupsOf, sheetsOf } from './groups'

export type PerSheet = 1 | 8

interface SlipsProps {
  slips: readonly UsernameSlip[]
  perSheet: PerSheet
  title?: string | undefined
}

/** Slips to cut out, each class on sheets of its own. */
export function Slips({ slips, perSheet, title }: SlipsProps) {
  return groupsOf(slips, title).flatMap((group) =>
    sheetsOf(group.rows, perSheet).map((sheet) => (
      <section key={sheet[0]?.username} className={`sheet sheet-${perSheet}`}>
        {sheet.map((slip) => (
          <Slip key={slip.username} slip={slip} />
        ))}
      </section>
    )),
  )
}

function Slip({ slip }: { slip: UsernameSlip }) {
  const { t } = useTranslation('takeAway', { keyPrefix: 'slip' })
  const { name, className, schoolName, username, localLogin } = slip
  return (
    <article className="slip">
      <p className="slip-name">{name}</p>
      <p>{className === null ? schoolName : t('classAndSchool', { className, schoolName })}</p>
      <p className="slip-username">
        <span>{t('username')}</span> <strong>{username}</strong>
      </p>
      <p>
        {t('signIn')} <strong className="slip-address">{location.host + paths.pupil.to()}</strong>
      </p>
      {localLogin && <p>{t('localLogin')}</p>}
      <p>{t('help')}</p>
    </article>
  )
}
