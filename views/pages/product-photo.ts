// The photo of a product: shown, uploaded, removed.
import type { Product } from '../../projections/products.ts'
import { hidden, icon, submitButton } from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'

/** What a person may send as a photo. */
export const photoTypes = 'image/jpeg,image/png,image/webp,image/avif'

/** Sends a photo: as soon as one is chosen (`data-sends`), or by a button for those without script. */
export const photoForm = ({ t }: Reader, { productId, photoId }: Product, formKey: string): Html => html`
<form method="post" action="/products/${productId}/photo" enctype="multipart/form-data" class="photo-form" data-guarded>
  ${hidden('formKey', formKey)}
  <input class="sr-only" type="file" id="photo" name="photo" accept="${photoTypes}" required data-sends />
  <label class="button button-plain button-small" for="photo">${icon('camera')}<span>${t(photoId ? 'products.change-photo' : 'products.add-photo')}</span></label>
  ${submitButton({ label: t('common.save'), look: 'plain', size: 'small' })}
</form>
${
  photoId &&
  html`<form method="post" action="/products/${productId}/photo/remove" data-guarded data-confirm="${t('products.remove-photo-confirm')}">${hidden('formKey', formKey)}${submitButton({ label: t('products.remove-photo'), look: 'quiet', size: 'small', icon: 'trash' })}</form>`
}`
