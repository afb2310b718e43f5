import { plain } from '#languages/plain.ts';
import type { DefaultGroup } from '#people/regions.ts';

/** What a free text says of a stakeholder group. Neither of the two: known, and not stated ("Other"). */
export interface GroupRead {
	group?: DefaultGroup;
	/** a person must look at it */
	unknown?: true;
}

/** Reads "Civil Society", "private sector", "Academia / Technical Community" (unknown: two are a person's choice to make). */
export function groupOfText(text: string): GroupRead {
	const name = plain(text);
	if (name === '' || saysNothing.has(name)) return {};
	const group = groupsByName.get(name);
	return group ? { group } : { unknown: true };
}

const saysNothing = new Set(
	[
		'other',
		'others',
		'none',
		'n a',
		'not stated',
		'individual',
		'autre',
		'autres',
		'otro',
		'otros',
		'outro',
		'outros',
		'другое',
		'其他',
		'أخرى'
	].map(plain)
);

const names: Record<DefaultGroup, readonly string[]> = {
	governments: [
		'government',
		'governments',
		'governmental',
		'public sector',
		'gouvernement',
		'gouvernements',
		'gobierno',
		'gobiernos',
		'governo',
		'правительство',
		'правительства',
		'政府',
		'حكومة',
		'الحكومات'
	],
	'private-sector': [
		'private sector',
		'private',
		'business',
		'business community',
		'industry',
		'company',
		'secteur privé',
		'sector privado',
		'setor privado',
		'частный сектор',
		'бизнес',
		'私营部门',
		'私营',
		'القطاع الخاص'
	],
	'civil-society': [
		'civil society',
		'civil society organisation',
		'civil society organization',
		'ngo',
		'ngos',
		'non-governmental organisation',
		'non-governmental organization',
		'société civile',
		'sociedad civil',
		'sociedade civil',
		'гражданское общество',
		'民间社会',
		'公民社会',
		'المجتمع المدني'
	],
	'technical-community': [
		'technical community',
		'technical',
		'internet technical community',
		'communauté technique',
		'comunidad técnica',
		'comunidade técnica',
		'техническое сообщество',
		'技术界',
		'技术社群',
		'الأوساط التقنية',
		'المجتمع التقني'
	],
	academia: [
		'academia',
		'academic',
		'academic community',
		'academics',
		'research',
		'university',
		'milieux universitaires',
		'milieu universitaire',
		'mundo académico',
		'academia e pesquisa',
		'академические круги',
		'наука',
		'学术界',
		'الأوساط الأكاديمية'
	],
	intergovernmental: [
		'intergovernmental',
		'intergovernmental organisation',
		'intergovernmental organization',
		'intergovernmental organisations',
		'intergovernmental organizations',
		'international organisation',
		'international organization',
		'international organisations',
		'international organizations',
		'igo',
		'igos',
		'organisation intergouvernementale',
		'organisations intergouvernementales',
		'organización intergubernamental',
		'organizaciones intergubernamentales',
		'межправительственная организация',
		'межправительственные организации',
		'政府间组织',
		'منظمة حكومية دولية',
		'المنظمات الحكومية الدولية'
	]
};

const groupsByName = new Map(
	Object.entries(names).flatMap(([group, written]) =>
		written.map((name): [string, DefaultGroup] => [plain(name), group as DefaultGroup])
	)
);
