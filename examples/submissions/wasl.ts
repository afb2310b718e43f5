import type { ExampleSubmission } from './submission.ts';

export const wasl: ExampleSubmission = {
	key: 'wasl',
	language: 'ar',
	author: 22,
	organisation: 'wasl',
	sector: 'Civil society',
	region: 'الأردن',
	title: 'من يغيب عن الطاولة؟',
	abstract: 'خلاصة أربع جلسات حوار: طاولة واحدة، ولغة مفهومة، ورقم يُنشر كل سنة، وجواب لكل من سأل.',
	passages: [
		{
			quote: 'دور الحكومة أن تجمع الأطراف حول طاولة واحدة وأن تضمن ألا يغيب عنها أحد.',
			stances: [
				['supports', 'hiwar-watani'],
				['supports', 'facilitateur']
			]
		},
		{ quote: 'المساواة في النقاش لا تلغي مسؤولية من يوقّع', stances: [['supports', 'equal-footing']] },
		{ quote: 'الحقوق التي تحمي الإنسان في الشارع يجب أن تحميه على الشبكة أيضاً', stances: [['supports', 'mismos-derechos']] },
		{ quote: 'أن يُختبر كل تشريع يمس الإنترنت من زاوية حقوق الإنسان قبل إقراره', stances: [['supports', 'human-rights-test']] },
		{
			quote: 'ينبغي إشراك الأشخاص ذوي الإعاقة في تصميم الخدمات الرقمية منذ البداية لا بعد إطلاقها.',
			stances: [['raises', 'dhawi-al-iaqa']]
		},
		{
			quote: 'نطلب أن تنشر كل حكومة سنوياً عدد المرات التي طلبت فيها بيانات أو حذف محتوى.',
			stances: [['supports', 'count-requests']]
		},
		{ quote: 'أن تُستبعد مراقبة الشعوب بأكملها باتفاق دولي واضح التعريفات', stances: [['supports', 'no-mass-surveillance']] },
		{
			quote: 'نقترح ترجمة خلاصة كل مشاورة إلى لغات المشاركين قبل إغلاقها بأسبوعين على الأقل',
			stances: [['supports', 'tarjama']]
		},
		{ quote: 'من يُسأل ولا يُجاب لا يعود.', stances: [['supports', 'answer-back']] }
	]
};
