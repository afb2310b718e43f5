import type { ExampleIdea } from './idea.ts';

export const arabic: readonly ExampleIdea[] = [
	{
		key: 'maslaha-amma',
		question: 'role',
		author: 10,
		point: 'على الحكومات أن تكفل مراعاة المصلحة العامة عند اتخاذ القرارات المتعلقة بالإنترنت.',
		reception: 'welcome'
	},
	{
		key: 'hiwar-watani',
		question: 'role',
		author: 40,
		point: 'دور الحكومة أن تجمع الأطراف حول طاولة واحدة، وأن تضمن ألا يغيب عنها أحد.',
		explanation: 'الغائب عادةً هو من لا يملك ثمن السفر ولا وقت القراءة، لا من ليس لديه ما يقوله.',
		reception: 'consensus'
	},
	{
		key: 'muhtawa-arabi',
		question: 'issues',
		author: 40,
		point: 'دعم أسماء النطاقات والبريد الإلكتروني بالحروف العربية في جميع الخدمات الحكومية.',
		reception: { unheardFrom: ['private-sector', 'academia'] }
	},
	{
		key: 'dhawi-al-iaqa',
		question: 'issues',
		author: 22,
		point: 'إشراك الأشخاص ذوي الإعاقة في تصميم الخدمات الرقمية منذ البداية، لا بعد إطلاقها.',
		reception: 'consensus'
	},
	{
		key: 'tawiya',
		question: 'issues',
		author: 20,
		point: 'إطلاق حملات توعية دائمة تعلّم المواطنين كيف يحمون بياناتهم على الهاتف.',
		reception: 'welcome'
	},
	{
		key: 'tarjama',
		question: 'interaction',
		author: 50,
		point: 'ترجمة خلاصة كل مشاورة إلى لغات المشاركين قبل إغلاقها بأسبوعين على الأقل.',
		reception: 'welcome'
	},
	{
		key: 'thuluth-al-maqaid',
		question: 'interaction',
		author: 50,
		point: 'تخصيص ثلث مقاعد كل فريق استشاري على الأقل للنساء.',
		reception: 'divided'
	}
];
