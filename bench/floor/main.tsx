// The floor that the bars are set against: the fixed packages, each in use (the router in its data mode), and one heading.
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import i18next from 'i18next'
import { createRoot } from 'react-dom/client'
import { initReactI18next, useTranslation } from 'react-i18next'
import { createBrowserRouter, Link, RouterProvider } from 'react-router'

function Page() {
  const { t } = useTranslation()
  const { data } = useQuery({ queryKey: ['name'], queryFn: async () => 'floor', initialData: 'floor' })
  return (
    <h1>
      <Link to="/">{t('heading', { name: data })}</Link>
    </h1>
  )
}

void i18next.use(initReactI18next).init({
  lng: 'en',
  resources: { en: { translation: { heading: 'This is the {{name}}' } } },
})

const router = createBrowserRouter([{ path: '*', element: <Page /> }])

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <QueryClientProvider client={new QueryClient()}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  )
}
