// The reader of the API's description. What each route does is told by the document itself, in English.
import { messages } from './message.ts'

export const api = messages({
  'api.title': { pt: 'API', en: 'API' },
  'api.lead': {
    pt: 'Tudo o que as páginas fazem, outros programas também podem fazer.',
    en: 'All that the pages do, other programs can do, too.',
  },
  'api.document': { pt: 'Documento OpenAPI 3.1', en: 'OpenAPI 3.1 document' },
  'api.areas': { pt: 'Áreas', en: 'Areas' },
  'api.permission': { pt: 'Permissão', en: 'Permission' },
  'api.anybody': { pt: 'Aberto a todos', en: 'Open to anybody' },
  'api.signed-in': { pt: 'Quem entrou', en: 'Anybody who has signed in' },
  'api.parameters': { pt: 'Parâmetros', en: 'Parameters' },
  'api.body': { pt: 'Corpo do pedido', en: 'Request body' },
  'api.answer': { pt: 'Resposta', en: 'Answer' },
  'api.field': { pt: 'Campo', en: 'Field' },
  'api.type': { pt: 'Tipo', en: 'Type' },
  'api.meaning': { pt: 'Significado', en: 'Meaning' },
  'api.required': { pt: 'obrigatório', en: 'required' },
  'api.nothing': { pt: 'Nada', en: 'Nothing' },
})
