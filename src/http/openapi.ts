import swagger, { type SwaggerTransform } from '@fastify/swagger'
import { cookies, headers, routes, type Route } from '#contract'
import type { FastifyInstance } from 'fastify'
import { createJsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'

const toJsonSchema = createJsonSchemaTransform({})

const description =
  'Wallet, fund, guard and guarantee. Amounts are decimal strings of yuan, times RFC 3339, ' +
  'errors application/problem+json with a documented `code`. Sign in for a cookie; changes carry ' +
  'its CSRF token in x-coffer-csrf, or send the session as a bearer token instead.'

const byId = new Map<string, Route>(Object.entries<Route>(routes))

/** Makes the OpenAPI 3.1 document from the contract's routes; register before them. */
export async function registerOpenApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Coffer', description, version, license: { name: 'Apache-2.0' } },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          customer: { type: 'apiKey', in: 'cookie', name: cookies.customer },
          operator: { type: 'apiKey', in: 'cookie', name: cookies.operator },
          bearer: { type: 'http', scheme: 'bearer' },
          partner: { type: 'http', scheme: 'bearer', description: 'The token agreed with it' },
        },
      },
    },
    transform: withHeaders,
    transformObject: jsonSchemaTransformObject,
  })
}

/** Our own request headers: checked at the door, not by the schema, but told of here. */
const withHeaders: SwaggerTransform = (document) => {
  const transformed = toJsonSchema(document)
  const id = (document.schema as { operationId?: string } | undefined)?.operationId
  const route = byId.get(id ?? '')
  if (route === undefined) return { ...transformed, schema: { hide: true } }
  const properties: Record<string, object> = {}
  const text = (words: string) => ({ type: 'string', description: words })
  if (route.idempotent) {
    properties[headers.idempotencyKey] = {
      ...text('Names this wish: sent again, the first answer comes back'),
      minLength: 8,
      maxLength: 255,
    }
  }
  const ofSession = route.auth === 'customer' || route.auth === 'operator'
  if (ofSession && route.method === 'POST') {
    properties[headers.csrf] = text('csrf_token of the session; not with a bearer token')
  }
  if (route.auth === 'customer') {
    properties[headers.device] = text('The device of this request, as a sign-in named it')
    properties[headers.signals] = text('DeviceSignals as JSON')
  }
  if (Object.keys(properties).length === 0) return transformed
  const required = route.idempotent ? [headers.idempotencyKey] : []
  const described = { type: 'object', properties, required }
  return { ...transformed, schema: { ...transformed.schema, headers: described } }
}
