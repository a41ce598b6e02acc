// Photos of products.
import { createHash } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import { products } from '../../../projections/products.ts'
import { changeProduct } from '../../commands/products.ts'
import { PhotoError } from '../../photos.ts'
import { commandContext } from '../environment.ts'
import { ProblemError } from '../problems.ts'
import { versioned } from './conditional.ts'
import { found } from './lists.ts'
import { apiRoutes, commandAnswer, done, idParam, route } from './route.ts'

const tag = 'Products'
const made = commandAnswer({ id: z.string() })
const accepts = ['image/jpeg', 'image/png', 'image/webp', 'image/heif', 'image/gif']

export function photosApi() {
  const api = apiRoutes()

  api.openapi(
    route(
      'put',
      '/api/products/{id}/photo',
      { params: idParam },
      { summary: 'Set the photo of a product', tag, permission: 'products.write', accepts, answer: made },
    ),
    async (c) => {
      const productId = c.req.valid('param').id
      const type = c.req.header('content-type')?.split(';')[0]?.trim() ?? ''
      if (!accepts.includes(type)) throw new ProblemError('unsupported-media-type', { accepts })
      await found(c, products, productId, 'unknown-product')
      const { photos, newId } = c.get('system')
      const bytes = new Uint8Array(await c.req.arrayBuffer())
      const photoId = newId()
      try {
        // Kept before the fact is recorded: a fact never names a photo that is not there.
        await photos.keep(photoId, bytes)
      } catch (error) {
        if (error instanceof PhotoError) throw new ProblemError('not-an-image')
        throw error
      }
      const content = createHash('sha256').update(bytes).digest('hex')
      const change = { productId, change: { photoId }, locations: [] }
      return c.json(done(c, await changeProduct(c.get('system'), change, commandContext(c, content))))
    },
  )

  api.openapi(
    route(
      'delete',
      '/api/products/{id}/photo',
      { params: idParam },
      { summary: 'Remove the photo of a product', tag, permission: 'products.write', answer: made },
    ),
    async (c) => {
      const change = { productId: c.req.valid('param').id, change: { photoId: null }, locations: [] }
      return c.json(done(c, await changeProduct(c.get('system'), change, commandContext(c))))
    },
  )

  api.openapi(
    route(
      'get',
      '/api/products/{id}/photo',
      { params: idParam, query: z.object({ size: z.enum(['small', 'large']).default('large') }) },
      { summary: 'Show the photo of a product', tag, permission: 'products.read', media: 'image/webp' },
    ),
    async (c) => {
      const { size } = c.req.valid('query')
      const { photoId } = await found(c, products, c.req.valid('param').id, 'unknown-product')
      const photo = photoId === null ? undefined : await c.get('system').photos.read(photoId, size)
      if (!photo) throw new ProblemError('not-found')
      versioned(c, `${photoId}.${size}`)
      return c.body(photo, 200, { 'content-type': 'image/webp' })
    },
  )

  return api
}
