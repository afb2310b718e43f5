/** The guided form in which a talk is opened, in its order; the same pages change it later. */
export const setupSteps = [
	{ key: 'words', path: '' },
	{ key: 'questions', path: '/questions' },
	{ key: 'stages', path: '/stages' },
	{ key: 'promises', path: '/promises' },
	{ key: 'publish', path: '/publish' }
] as const;

export type SetupStep = (typeof setupSteps)[number]['key'];

/** Where "save and go on" leads from a step. */
export function pathAfter(step: SetupStep): string {
	const place = setupSteps.findIndex(({ key }) => key === step);
	return setupSteps[Math.min(place + 1, setupSteps.length - 1)]!.path;
}
