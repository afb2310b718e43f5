import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { planted } from './planting.ts';
import { project } from './reporting.ts';

/** What stands where, and which rule must name it. */
const violations: [rule: string, from: string, to: string, text: string][] = [
	['activity-imports-downward-only', 'src/activity/up.ts', 'src/people/one.ts', `import '#people/one.ts';`],
	['files-imports-downward-only', 'src/files/beside.ts', 'src/jobs/one.ts', `import '#jobs/one.ts';`],
	['database-imports-downward-only', 'src/database/up.ts', 'src/refusals/one.ts', `import '#refusals/one.ts';`],
	[
		'web-imports-downward-only',
		'src/web/up.ts',
		'src/api/one.ts',
		`import type { One } from '#api/one.ts'; export type Two = One;`
	],
	['topics-imports-downward-only', 'src/topics/up.ts', 'src/ideas/one.ts', `export const later = () => import('#ideas/one.ts');`],
	[
		'no-cycles',
		'src/ideas/here.ts',
		'src/ideas/there.ts',
		`import { there } from '#ideas/there.ts'; export const here = () => there;`
	],
	[
		'an-engine-knows-only-itself',
		'src/engines/seating/mix.ts',
		'src/engines/likeness/one.ts',
		`import '#engines/likeness/one.ts';`
	],
	['an-engine-has-no-world', 'src/engines/seating/read.ts', 'fs', `import 'node:fs';`],
	['a-domain-knows-no-web-framework', 'src/ideas/page.ts', '@sveltejs/kit', `import '@sveltejs/kit';`],
	['a-domain-knows-no-web-framework', 'src/ideas/api.ts', 'hono', `import 'hono';`],
	['api-imports-downward-only', 'src/api/page.ts', 'src/routes/one.ts', `import '../routes/one.ts';`],
	['nothing-imports-a-route', 'src/api/page.ts', 'src/routes/one.ts', `import '../routes/one.ts';`],
	[
		'the-product-imports-no-test',
		'src/ideas/proof.ts',
		'src/database/test-database.server.ts',
		`import '#database/test-database.server.ts';`
	],
	['examples-are-brought-in-by-the-command-line', 'src/people/demo.ts', 'examples/one.ts', `import '../../examples/one.ts';`],
	['what-is-imported-is-there', 'src/people/gone.ts', '#people/nowhere.ts', `import '#people/nowhere.ts';`]
];

const innocent = [
	'src/people/one.ts',
	'src/jobs/one.ts',
	'src/refusals/one.ts',
	'src/api/one.ts',
	'src/ideas/one.ts',
	'src/engines/likeness/one.ts',
	'src/routes/one.ts',
	'src/database/test-database.server.ts',
	'examples/one.ts'
];
const allowed = {
	'src/ideas/there.ts': `import { here } from '#ideas/here.ts'; export const there = () => here;`,
	'src/ideas/down.ts': `import '#people/one.ts'; import '#refusals/one.ts'; import '#engines/likeness/one.ts';`,
	'src/ideas/one.test.ts': `import 'node:test'; import '#database/test-database.server.ts'; import '../../examples/one.ts';`,
	'src/files/down.ts': `import '#refusals/one.ts';`,
	'src/cli/demo.ts': `import '../../examples/one.ts'; import '#people/one.ts';`
};

test('each planted import against the directions is named by its rule, and no other', () => {
	const files = {
		...Object.fromEntries(innocent.map((path) => [path, 'export interface One { one: 1 }\n'])),
		...allowed,
		...Object.fromEntries(violations.map(([, from, , text]) => [from, text]))
	};
	const found = planted(['.dependency-cruiser.cjs', 'package.json', 'tsconfig.json'], files, (folder) => {
		symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'));
		const program = join(project, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
		const words = ['src', 'examples', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
		const { stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
			cwd: folder,
			encoding: 'utf8',
			maxBuffer: 1e8
		});
		assert.equal(stderr, '');
		return (JSON.parse(stdout) as { summary: { violations: { rule: { name: string }; from: string; to: string }[] } }).summary
			.violations;
	});
	// of a package only its name
	const shown = found.map(
		({ rule, from, to }) => `${rule.name}: ${from} → ${to.replace(/^.*node_modules\/((@[^/]+\/)?[^/]+).*$/, '$1')}`
	);
	assert.deepEqual(shown.sort(), violations.map(([rule, from, to]) => `${rule}: ${from} → ${to}`).sort());
});
