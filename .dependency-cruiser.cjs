// Who may import whom. DESIGN in one place: the arrows point inward, to the kernel.
const not = (...paths) => ({ pathNot: paths })
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'kernel-imports-nothing-of-ours', severity: 'error', from: { path: '^src/kernel/', pathNot: '\\.test\\.ts$' }, to: { path: '^(src|projections|views|client|test|bench)/', ...not('^src/kernel/') } },
    { name: 'kernel-does-no-io', severity: 'error', from: { path: '^src/kernel/', pathNot: '\\.test\\.ts$' }, to: { dependencyTypes: ['core'], ...not('^(node:)?crypto$') } },
    { name: 'stores-know-the-kernel-only', severity: 'error', from: { path: '^src/stores/', pathNot: '\\.test\\.ts$' }, to: { path: '^(src|projections|views|client)/', ...not('^src/(kernel|stores)/') } },
    { name: 'files-know-the-kernel-only', severity: 'error', from: { path: '^src/files/', pathNot: '\\.test\\.ts$' }, to: { path: '^(src|projections|views|client)/', ...not('^src/(kernel|files)/') } },
    { name: 'domain-is-pure', severity: 'error', from: { path: '^src/domain/', pathNot: '\\.test\\.ts$' }, to: { path: '^(src|projections|views|client)/', ...not('^src/(kernel|domain)/') } },
    { name: 'domain-does-no-io', severity: 'error', from: { path: '^src/domain/', pathNot: '\\.test\\.ts$' }, to: { dependencyTypes: ['core'], ...not('^(node:)?crypto$') } },
    { name: 'subscribers-know-the-kernel-only', severity: 'error', from: { path: '^src/subscribers/', pathNot: '\\.test\\.ts$' }, to: { path: '^(src|projections|views|client)/', ...not('^src/(kernel|subscribers)/') } },
    { name: 'projections-fold-events', severity: 'error', from: { path: '^projections/', pathNot: '\\.test\\.ts$' }, to: { path: '^(src|views|client)/', ...not('^src/(kernel|domain)/') } },
    { name: 'commands-decide', severity: 'error', from: { path: '^src/commands/', pathNot: '\\.test\\.ts$' }, to: { path: '^(src|projections|views|client)/', ...not('^src/(kernel|domain|commands)/') } },
    { name: 'views-know-documents-only-as-types', severity: 'error', from: { path: '^views/' }, to: { path: '^(src|projections)/', dependencyTypesNot: ['type-only'], ...not('^src/domain/[^/]+/(money|quantity|units)\\.ts$') } },
    { name: 'client-stands-alone', severity: 'error', from: { path: '^client/' }, to: { path: '^(src|projections|views|test)/' } },
    { name: 'areas-have-a-door', severity: 'error', from: { path: '^src/(audit|backup|mail|monitoring|notifications|push)/' }, to: { path: '^src/(audit|backup|mail|monitoring|notifications|push)/', ...not('^src/$1/', '^src/[^/]+/index\\.ts$') } },
    { name: 'telemetry-is-started-by-main-alone', severity: 'error', from: { path: '^(src|projections|views|client)/', pathNot: '^src/main\\.ts$' }, to: { path: '^otel/', dependencyTypesNot: ['type-only'], ...not('^otel/(metrics|spans)\\.ts$') } },
    { name: 'nothing-imports-tests', severity: 'error', from: { path: '^(src|projections|views|client)/', pathNot: '\\.test\\.ts$' }, to: { path: '^(test|bench)/' } },
    { name: 'only-roots-compose', severity: 'error', from: { path: '^src/', pathNot: '^src/(main|cli|compose|worker|demo)|\\.test\\.ts$' }, to: { path: '^src/(main|cli)\\.ts$' } },
    { name: 'known-packages', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
