import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ProblemNotice } from '../api/ProblemNotice'
import { myClassesQuery } from '../features/classes/queries'
import { paths } from '../paths'
import { PageHeading } from '../ui/PageHeading'
import { Skeleton } from '../ui/Skeleton'
import { Tag } from '../ui/Tag'
import { lazyPage } from './lazy-page'
import { Queue } from './Queue'

type SchoolClass = Awaited<ReturnType<NonNullable<typeof myClassesQuery.queryFn>>>[number]

/** The teacher's own classes and groups, or why there are none. */
export function MyClassesPage() {
  const { t } = useTranslation('classes')
  const { t: common } = useTranslation()
  const query = useQuery(myClassesQuery)
  const classes = query.data

  return (
    <>
      <PageHeading title={t('myClasses')} documentTitle={common('documentTitle', { page: t('myClasses') })} />
      {query.isError && (
        <ProblemNotice error={query.error} busy={query.isFetching} onTryAgain={() => void query.refetch()} />
      )}
      {query.isPending && <Skeleton lines={4} label={t('loadingClasses')} />}
      {classes && classes.length > 0 && <Queue />}
      {classes && classes.length === 0 && <NoClasses />}
      {classes && classes.length > 0 && <ClassCards classes={classes} />}
    </>
  )
}

function ClassCards({ classes }: { classes: readonly SchoolClass[] }) {
  const { t } = useTranslation('classes')
  const schools = new Set(classes.map((schoolClass) => schoolClass.institution.id))
  return (
    <ul className="class-cards" aria-label={t('myClasses')}>
      {classes.map((schoolClass) => (
        <li key={schoolClass.id} className="class-card">
          <h2>
            <Link to={paths.schoolClass.to(schoolClass.id)}>{schoolClass.name}</Link>
          </h2>
          <p>
            {schoolClass.kind === 'group' && `${t('group')} · `}
            {t('pupils', { count: schoolClass.pupilCount })}
            {schools.size > 1 && ` · ${schoolClass.institution.name}`}
          </p>
          {schoolClass.waitingCount > 0 && (
            <Tag tone="warning">{t('waiting', { count: schoolClass.waitingCount })}</Tag>
          )}
        </li>
      ))}
    </ul>
  )
}

/** Why there are none, with texts of its own, which nobody downloads who has some. */
const WhyNoClasses = lazyPage(4, async () => {
  const [{ WhyNoClasses }, { noClassesTexts }] = await Promise.all([
    import('./WhyNoClasses'),
    import('../i18n/no-classes-texts'),
  ])
  return [WhyNoClasses, noClassesTexts]
})

function NoClasses() {
  const { t } = useTranslation('classes')
  return (
    <section className="empty-state" aria-labelledby="no-classes">
      <h2 id="no-classes">{t('noClassesTitle')}</h2>
      <WhyNoClasses />
    </section>
  )
}
