import type { Language } from '#languages/languages.ts';

/** A text of the organisers in each language of the interface. */
export type InEachLanguage = Readonly<Record<Language, string>>;

export const groupKeys = [
	'governments',
	'private-sector',
	'civil-society',
	'technical-community',
	'academia',
	'intergovernmental'
] as const;
export type GroupKey = (typeof groupKeys)[number];

export const regionKeys = [
	'african',
	'asia-pacific',
	'eastern-european',
	'latin-american-caribbean',
	'western-european-others'
] as const;
export type RegionKey = (typeof regionKeys)[number];

export const institution = {
	accent: 'blue',
	contactEmail: 'open-talks@example.org',
	name: {
		en: 'International Telecommunication Union',
		fr: 'Union internationale des télécommunications',
		es: 'Unión Internacional de Telecomunicaciones',
		ru: 'Международный союз электросвязи',
		zh: '国际电信联盟',
		ar: 'الاتحاد الدولي للاتصالات'
	} satisfies InEachLanguage,
	terms: {
		en: 'This is an example. The people, organisations and positions in it are invented; only the frame of the talk follows the launch of 2013. Be brief, be civil, speak for yourself or say for whom you speak. What you send is published under CC BY 4.0.',
		fr: 'Ceci est un exemple. Les personnes, les organisations et les positions y sont inventées ; seul le cadre suit le lancement de 2013. Soyez brefs et courtois ; parlez en votre nom ou dites au nom de qui vous parlez. Ce que vous envoyez est publié sous licence CC BY 4.0.',
		es: 'Esto es un ejemplo. Las personas, las organizaciones y las posturas son inventadas; solo el marco sigue el lanzamiento de 2013. Sea breve y cortés; hable en su nombre o diga en nombre de quién habla. Lo que envíe se publica con licencia CC BY 4.0.',
		ru: 'Это пример. Люди, организации и позиции вымышлены; только рамка повторяет запуск 2013 года. Пишите кратко и вежливо, говорите от своего имени или укажите, от чьего. Всё присланное публикуется по лицензии CC BY 4.0.',
		zh: '这是一个示例。其中的人物、组织和立场均为虚构,只有框架依照 2013 年的启动活动。请简明、有礼;请以个人名义发言,或说明您代表谁。您提交的内容将按 CC BY 4.0 许可发布。',
		ar: 'هذا مثال. الأشخاص والمنظمات والمواقف الواردة فيه متخيَّلة، والإطار وحده يتبع إطلاق عام 2013. أوجزوا والتزموا اللياقة، وتحدثوا باسمكم أو بيّنوا باسم من تتحدثون. يُنشر ما ترسلونه برخصة CC BY 4.0.'
	} satisfies InEachLanguage
};

/** Who can sign in to the demo, by a link that the console prints. */
export const staff = [
	{ email: 'administrator@example.org', name: 'Ada Administrator', role: 'administrator', language: 'en' },
	{ email: 'secretariat@example.org', name: 'Simone Secrétariat', role: 'secretariat', language: 'fr' },
	{ email: 'moderator@example.org', name: 'Mariam Moderator', role: 'moderator', language: 'en' },
	{ email: 'rapporteur@example.org', name: 'Rafael Relator', role: 'rapporteur', language: 'es' }
] as const;
