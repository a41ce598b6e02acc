// Lines of goods, in every form that has them
import { messages } from './message.ts'

export const goods = messages({
  'goods.lines': { pt: 'Produtos', en: 'Products' },
  'goods.add-line': { pt: 'Mais um produto', en: 'One more product' },
  'goods.in-line': { pt: 'Linha {line}, {field}', en: 'Line {line}, {field}' },
  'goods.remove-line': { pt: 'Tirar a linha {line}', en: 'Remove line {line}' },
  'goods.product-hint': { pt: 'SKU, código de barras ou nome', en: 'SKU, barcode or name' },
  'goods.product-unknown': {
    pt: 'Não há produto com este nome ou código.',
    en: 'There is no product of this name or code.',
  },
  'goods.product-several': {
    pt: 'Há vários produtos assim. Escreva o SKU ou escolha da lista.',
    en: 'Several products are like this. Write the SKU or choose from the list.',
  },
  'goods.product-twice': { pt: 'Este produto já está noutra linha.', en: 'This product is on another line already.' },
  'goods.no-lines': { pt: 'Ponha pelo menos um produto.', en: 'Put at least one product.' },
})
