import { z } from '@hono/zod-openapi'

/** JSON Schema as far as the API's description uses it: a keyword that is not here fails, instead of being passed over. */
export interface JsonSchema {
  $ref?: string | undefined
  type?: string | string[] | undefined
  enum?: (string | number | boolean | null)[] | undefined
  pattern?: string | undefined
  format?: string | undefined
  minimum?: number | undefined
  exclusiveMinimum?: number | undefined
  minLength?: number | undefined
  maxLength?: number | undefined
  minItems?: number | undefined
  maxItems?: number | undefined
  items?: JsonSchema | undefined
  properties?: Record<string, JsonSchema> | undefined
  required?: string[] | undefined
  additionalProperties?: boolean | undefined
  oneOf?: JsonSchema[] | undefined
  anyOf?: JsonSchema[] | undefined
  allOf?: JsonSchema[] | undefined
}

export const jsonSchema: z.ZodType<JsonSchema> = z.lazy(() =>
  z
    .strictObject({
      $ref: z.string(),
      type: z.union([z.string(), z.array(z.string())]),
      enum: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])),
      pattern: z.string(),
      format: z.string(),
      minimum: z.number(),
      exclusiveMinimum: z.number(),
      minLength: z.number(),
      maxLength: z.number(),
      minItems: z.number(),
      maxItems: z.number(),
      items: jsonSchema,
      properties: z.record(z.string(), jsonSchema),
      required: z.array(z.string()),
      oneOf: z.array(jsonSchema),
      anyOf: z.array(jsonSchema),
      allOf: z.array(jsonSchema),
      // What says nothing about a value.
      description: z.unknown(),
      example: z.unknown(),
      default: z.unknown(),
      discriminator: z.unknown(),
    })
    .partial(),
)

const wholeDocument = z.object({ components: z.object({ schemas: z.record(z.string(), jsonSchema) }) })

/** @returns the schema of a document with what it refers to in its place, and what all of several say as one object */
export function settling(document: unknown): (schema: JsonSchema) => JsonSchema {
  const { schemas } = wholeDocument.parse(document).components

  function settled(schema: JsonSchema): JsonSchema {
    if (schema.$ref !== undefined) {
      const named = schemas[schema.$ref.replace('#/components/schemas/', '')]
      if (!named) throw new Error(`${schema.$ref} is not in the document`)
      return settled(named)
    }
    const { allOf, items, properties, oneOf, anyOf, ...rest } = schema
    if (allOf) return allOfObjects(allOf.map(settled))
    return {
      ...rest,
      ...(items ? { items: settled(items) } : {}),
      ...(oneOf ? { oneOf: oneOf.map(settled) } : {}),
      ...(anyOf ? { anyOf: anyOf.map(settled) } : {}),
      ...(properties
        ? {
            properties: Object.fromEntries(
              Object.entries(properties).map(([name, each]) => [name, settled(each)]),
            ),
          }
        : {}),
    }
  }

  function allOfObjects(parts: readonly JsonSchema[]): JsonSchema {
    const other = parts.find(({ type, properties }) => type !== 'object' || !properties)
    if (other) throw new Error(`allOf with ${JSON.stringify(other)}: only objects can be put together`)
    return {
      type: 'object',
      properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
      required: parts.flatMap(({ required = [] }) => required),
    }
  }
  return settled
}

/** The same, where an object has nothing but what is named: an answer says no more than was declared. */
export function strict(schema: JsonSchema): JsonSchema {
  const { items, properties, oneOf, anyOf, ...rest } = schema
  return {
    ...rest,
    ...(items ? { items: strict(items) } : {}),
    ...(oneOf ? { oneOf: oneOf.map(strict) } : {}),
    ...(anyOf ? { anyOf: anyOf.map(strict) } : {}),
    ...(properties
      ? {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, each]) => [name, strict(each)]),
          ),
          additionalProperties: false,
        }
      : {}),
  }
}
