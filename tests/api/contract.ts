import { z } from '@hono/zod-openapi'
import { openSchool } from '../../mocks/school'

/** The API's description of itself, as far as the tests read it. */
const mediaSchema = z.record(z.string(), z.unknown())

const operationSchema = z.object({
  parameters: z
    .array(
      z.object({
        name: z.string(),
        in: z.string(),
        required: z.boolean().optional(),
        schema: z.unknown(),
      }),
    )
    .default([]),
  requestBody: z.object({ required: z.boolean(), content: mediaSchema }).optional(),
  responses: z.record(z.string(), z.object({ content: mediaSchema.optional() })),
})

export const documentSchema = z.object({
  openapi: z.string(),
  info: z.object({ title: z.string(), version: z.string(), description: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
})

export interface Route {
  /** As a person writes it: `POST /api/pupils/step-ups`. */
  name: string
  method: string
  path: string
  operation: z.infer<typeof operationSchema>
}

export const documentText = await (
  await openSchool().fetch(new Request('https://school.test/api/openapi.json'))
).text()

export const document = documentSchema.parse(JSON.parse(documentText))

/** Every route that the API says it has. */
export const routes: readonly Route[] = Object.entries(document.paths).flatMap(([path, operations]) =>
  Object.entries(operations).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path,
    operation,
  })),
)

/** The route that answers this request, if any. */
export function routeOf(method: string, pathname: string): Route | undefined {
  return routes.find(
    (route) =>
      route.method === (method === 'HEAD' ? 'GET' : method) &&
      new RegExp(`^${route.path.replace(/{\w+}/g, '[^/]+')}$`).test(pathname),
  )
}

/** Pupils have routes of their own, which know no session of staff. */
export const isForPupils = ({ path }: Pick<Route, 'path'>): boolean => path.startsWith('/api/pupil/')

export const staffRoutes = routes.filter((route) => !isForPupils(route))
