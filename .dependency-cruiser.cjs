/** From the top to the bottom: a folder may import from those below it. The words of architecture.md, "Directions". */
const layers = [
	['routes', 'api', 'cli'],
	['web'],
	['live'],
	['sheets'],
	['register', 'newsroom', 'reports'],
	['outcomes'],
	['agreement'],
	['programme'],
	['reviews'],
	['proposals'],
	['townhalls', 'cafes'],
	['events'],
	['ideas'],
	['contributions'],
	['moderation'],
	['topics'],
	['people'],
	['webhooks'],
	['activity'],
	['languages'],
	['mail'],
	['files', 'jobs'],
	['refusals'],
	['database']
];

const within = (folders) => `^src/(${folders.join('|')})/`;
const domains = layers.slice(2).flat();

const upward = layers.flatMap((folders, place) =>
	folders.map((folder) => ({
		name: `${folder}-imports-downward-only`,
		severity: 'error',
		comment: `what ${folder} tells a higher folder, or one beside it, goes through rows`,
		from: { path: within([folder]) },
		to: { path: within([...layers.slice(0, place).flat(), ...folders.filter((beside) => beside !== folder)]) }
	}))
);

module.exports = {
	forbidden: [
		...upward,
		{ name: 'no-cycles', severity: 'error', comment: 'of types neither', from: {}, to: { circular: true } },
		{
			name: 'an-engine-knows-only-itself',
			severity: 'error',
			from: { path: '^src/engines/([^/]+)/', pathNot: '\\.test\\.ts$' },
			to: { path: '^(src|examples|tests)/', pathNot: '^src/engines/$1/' }
		},
		{
			name: 'an-engine-has-no-world',
			severity: 'error',
			comment: 'no files, no network, no clock of its own: everything is passed in',
			from: { path: '^src/engines/', pathNot: '\\.test\\.ts$' },
			to: { dependencyTypes: ['core'] }
		},
		{
			name: 'a-domain-knows-no-web-framework',
			severity: 'error',
			from: { path: within(domains) },
			to: { path: 'node_modules/(@sveltejs/|hono/|@hono/|svelte/)|^\\$app/|\\.svelte$' }
		},
		{
			name: 'nothing-imports-a-route',
			severity: 'error',
			from: { path: '^(src|server\\.ts|examples)', pathNot: '^src/routes/' },
			to: { path: '^src/routes/' }
		},
		{
			name: 'the-product-imports-no-test',
			severity: 'error',
			from: { path: '^(src|server\\.ts|examples)', pathNot: '\\.test\\.ts$|^src/cli/(test|schema|kill-test)\\.ts$' },
			to: { path: '\\.test\\.ts$|^tests/|test-database\\.server\\.ts$' }
		},
		{
			name: 'examples-are-brought-in-by-the-command-line',
			severity: 'error',
			from: { path: '^src/', pathNot: '^src/cli/|\\.test\\.ts$' },
			to: { path: '^examples/' }
		},
		{
			name: 'what-is-imported-is-there',
			severity: 'error',
			from: {},
			to: { couldNotResolve: true, pathNot: '^(\\$app/|\\./\\$types|\\$env/)' }
		},
		{
			name: 'what-is-imported-is-in-package-json',
			severity: 'error',
			from: { path: '^(src|server\\.ts)', pathNot: '\\.test\\.ts$' },
			to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], pathNot: '^\\$' }
		}
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '^(build|\\.svelte-kit)/' },
		tsConfig: { fileName: 'tsconfig.json' },
		tsPreCompilationDeps: true,
		extraExtensionsToScan: ['.svelte'],
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			conditionNames: ['import', 'node', 'svelte', 'default', 'types'],
			extensions: ['.ts', '.js', '.mjs', '.svelte', '.json']
		}
	}
};
