import type { Verb } from '#cli/verb.ts';

/** Every verb, in the order of the help; each is loaded only when it is asked for. */
export const verbs: Readonly<Record<string, () => Promise<{ verb: Verb }>>> = {
	start: () => import('#cli/start.ts'),
	demo: () => import('#cli/demo.ts'),
	dev: () => import('#cli/dev.ts'),
	test: () => import('#cli/test.ts'),
	check: () => import('#cli/check.ts'),
	bench: () => import('#cli/bench.ts'),
	agreement: () => import('#cli/agreement.ts'),
	seat: () => import('#cli/seat.ts'),
	doctor: () => import('#cli/doctor.ts'),
	recount: () => import('#cli/recount.ts'),
	import: () => import('#cli/import.ts'),
	export: () => import('#cli/export.ts'),
	migrate: () => import('#cli/migrate.ts'),
	backup: () => import('#cli/backup.ts'),
	restore: () => import('#cli/restore.ts'),
	schema: () => import('#cli/schema.ts'),
	'kill-test': () => import('#cli/kill-test.ts')
};
