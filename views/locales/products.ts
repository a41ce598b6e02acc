// Products
import { messages } from './message.ts'

export const products = messages({
  'products.title': { pt: 'Produtos', en: 'Products' },
  'products.new': { pt: 'Novo produto', en: 'New product' },
  'products.sku': { pt: 'SKU', en: 'SKU' },
  'products.barcode': { pt: 'Código de barras', en: 'Barcode' },
  'products.name': { pt: 'Nome', en: 'Name' },
  'products.category': { pt: 'Categoria', en: 'Category' },
  'products.unit': { pt: 'Unidade', en: 'Unit' },
  'products.decimals': { pt: 'Casas decimais da quantidade', en: 'Decimals of the quantity' },
  'products.price': { pt: 'Preço com IVA', en: 'Price with VAT' },
  'products.cost': { pt: 'Custo', en: 'Cost' },
  'products.margin': { pt: 'Margem', en: 'Margin' },
  'products.tax-rate': { pt: 'Taxa de IVA', en: 'VAT rate' },
  'products.reorder-point': { pt: 'Stock mínimo', en: 'Reorder point' },
  'products.reorder-point-hint': {
    pt: 'Abaixo desta quantidade avisamos e propomos encomendar.',
    en: 'Below this quantity we warn and propose to order.',
  },
  'products.photo': { pt: 'Fotografia', en: 'Photo' },
  'products.on-hand': { pt: 'Em stock', en: 'On hand' },
  'products.status.active': { pt: 'Activo', en: 'Active' },
  'products.status.discontinued': { pt: 'Descontinuado', en: 'Discontinued' },
  'products.discontinue': { pt: 'Descontinuar', en: 'Discontinue' },
  'products.discontinue-confirm': {
    pt: 'Descontinuar {product}? Deixa de aparecer na caixa; a história fica.',
    en: 'Discontinue {product}? It no longer appears at the till; its history stays.',
  },
  'products.reinstate': { pt: 'Voltar a vender', en: 'Sell again' },
  'products.price-history': { pt: 'História do preço', en: 'Price history' },
  'products.movements': { pt: 'Movimentos', en: 'Movements' },
  'products.import': { pt: 'Importar CSV', en: 'Import CSV' },
  'products.import-preview': { pt: 'Verificar antes de importar', en: 'Check before importing' },
  'products.import-line': { pt: 'Linha {line}: {problem}', en: 'Line {line}: {problem}' },
  'products.import-ready': {
    pt: { one: '{count} produto pronto a importar', other: '{count} produtos prontos a importar' },
    en: { one: '{count} product ready to import', other: '{count} products ready to import' },
  },
  'products.empty': { pt: 'Ainda não há produtos', en: 'No products yet' },
  'products.empty-hint': {
    pt: 'Crie o primeiro ou importe uma lista em CSV.',
    en: 'Create the first or import a CSV list.',
  },
})
