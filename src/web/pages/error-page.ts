// A page for whatever could not be done: what happened, and where to go from here.

import { barePage } from '../../../views/layout.ts'
import { errorContent } from '../../../views/pages/error.ts'
import type { Assets } from '../assets.ts'
import type { AppContext } from '../environment.ts'
import { explain, statusOf } from '../problems.ts'
import { surroundingsOf } from './frame.ts'

/** The page for a problem's code; for htmx, which swaps what comes back, the page's content alone. */
export async function errorPage(c: AppContext, assets: Assets, code: string): Promise<Response> {
  const surroundings = await surroundingsOf(c, assets)
  const { reader } = surroundings
  const main = errorContent(reader, { title: explain(c.get('locale'), code), requestId: c.get('requestId') })
  return c.html(barePage(surroundings, { title: explain(c.get('locale'), code), main }), statusOf(code))
}
