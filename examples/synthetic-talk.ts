import type { InEachLanguage } from './institution.ts';

/** The frame of the second talk, whose people, ideas and opinions synthetic.ts makes. */
export const secondTalk = {
	slug: 'connecting-the-unconnected',
	defaultLanguage: 'en',
	title: {
		en: 'Connecting what is not connected (invented figures)',
		fr: 'Connecter ce qui ne l’est pas (chiffres inventés)',
		es: 'Conectar lo que no está conectado (cifras inventadas)',
		ru: 'Подключить неподключённое (вымышленные цифры)',
		zh: '连接尚未连接的地方(虚构数据)',
		ar: 'ربط غير المرتبطين (أرقام متخيَّلة)'
	},
	summary: {
		en: 'Two thousand invented participants of six stakeholder groups and five regions, to show what figures by group look like.',
		fr: 'Deux mille participants inventés, de six groupes et cinq régions, pour montrer des chiffres par groupe.',
		es: 'Dos mil participantes inventados, de seis grupos y cinco regiones, para mostrar las cifras por grupo.',
		ru: 'Две тысячи вымышленных участников из шести групп и пяти регионов: как выглядят цифры по группам.',
		zh: '两千名虚构的参与者,来自六个群体和五个区域,用以展示分组数据。',
		ar: 'ألفا مشارك متخيَّل من ست مجموعات وخمس مناطق، لعرض الأرقام بحسب المجموعات.'
	},
	questions: [
		{
			en: 'What should be connected first?',
			fr: 'Que faut-il connecter en premier ?',
			es: '¿Qué hay que conectar primero?',
			ru: 'Что подключить в первую очередь?',
			zh: '应当首先连接什么?',
			ar: 'ما الذي ينبغي ربطه أولاً؟'
		},
		{
			en: 'Who should pay for it?',
			fr: 'Qui doit payer ?',
			es: '¿Quién debe pagarlo?',
			ru: 'Кто должен платить?',
			zh: '费用由谁承担?',
			ar: 'من ينبغي أن يدفع التكلفة؟'
		},
		{
			en: 'What must be in place besides the cable?',
			fr: 'Que faut-il en plus du câble ?',
			es: '¿Qué hace falta además del cable?',
			ru: 'Что нужно, кроме кабеля?',
			zh: '除了线路,还需要什么?',
			ar: 'ما الذي يلزم إلى جانب الكابل؟'
		}
	]
} as const satisfies { questions: readonly InEachLanguage[]; [key: string]: unknown };
