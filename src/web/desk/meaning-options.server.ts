import type { Say } from '#languages/speaking.ts';
import { countries, isCountry, isRegion, regions } from '#people/regions.ts';
import type { Institution } from '#topics/institution/institution.server.ts';
import { groupName, groupOptions } from '#web/talk/group-names.server.ts';

/** What a sector or region as written may mean, for a select; `none` states nothing. */
export function meaningOptions(institution: Institution, say: Say) {
	const byLabel = (one: { label: string }, other: { label: string }) => one.label.localeCompare(other.label, say.language);
	const nothing = { label: say('texts.says-nothing'), options: [{ value: 'none', label: say('groups.not-stated') }] };
	return {
		sector: [nothing, { label: say('texts.groups'), options: groupOptions(institution, say) }],
		region: [
			nothing,
			{ label: say('texts.regions'), options: regions.map((region) => ({ value: region, label: say(`regions.${region}`) })) },
			{
				label: say('texts.countries'),
				options: countries.map((code) => ({ value: code, label: say.country(code) })).sort(byLabel)
			}
		]
	};
}

/** The name of what something means. */
export function nameOfMeaning(field: 'sector' | 'region', means: string, institution: Institution, say: Say): string {
	if (means === '') return say('groups.not-stated');
	if (field === 'sector') return groupName(institution, means, say);
	if (isRegion(means)) return say(`regions.${means}`);
	return isCountry(means) ? say.country(means) : means;
}
