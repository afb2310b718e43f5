/**
 * Parts of sentences in six languages, from which ideas of benchmarks are put together. "a|b" is a word in two of its forms; parts are divided by a comma.
 * Who, modal, what is done, to what, where, to what end, with which number.
 */
export interface Parts {
	readonly who: readonly string[];
	readonly modal: readonly string[];
	/** the same, turned round */
	readonly not: readonly string[];
	readonly does: readonly string[];
	readonly what: readonly string[];
	readonly where: readonly string[];
	readonly end: readonly string[];
	/** {n} is the number */
	readonly number: readonly string[];
	/** put in where words are changed */
	readonly other: readonly string[];
	readonly joint: string;
}

const parts = (text: string) => text.split(',').map((part) => part.trim());

export const sentenceParts: Readonly<Record<string, Parts>> = {
	en: {
		who: parts(
			'the government|governments, every municipality|municipalities, the private company|private companies, the regulator|regulators, each university|universities, the technical community|technical communities, a civil society organisation|civil society organisations, the parliament|parliaments, the library|libraries, the operator|operators, the school board|school boards, the ministry of health|ministries of health'
		),
		modal: parts('should, must, needs to, ought to'),
		not: parts('should not, must never, should not, ought not to'),
		does: parts(
			'finance|financing, publish|publishing, protect|protecting, translate|translating, test|testing, repair|repairing, share|sharing, simplify|simplifying, measure|measuring, expand|expanding, evaluate|evaluating, replace|replacing'
		),
		what: parts(
			'community network|community networks, open standard|open standards, the personal record|personal records, software for blind reader|software for blind readers, the undersea cable|undersea cables, public procurement contract|public procurement contracts, the emergency number|emergency numbers, online course|online courses, the domain name dispute|domain name disputes, algorithm used in court|algorithms used in courts, electronic waste|electronic wastes, the radio frequency|radio frequencies, weather station|weather stations, the patent office|patent offices'
		),
		where: parts(
			'on small islands, in rural districts, across borders, at every railway station, in refugee camps, along the coast, in mountain villages, outside the capital, during elections, in hospitals'
		),
		end: parts(
			'so that farmers get fair prices, to reduce energy consumption, because trust was lost, before another crisis happens, in order to attract young engineers, to preserve minority languages, and report on it publicly, together with neighbouring states, without raising taxes, as the elderly depend on it'
		),
		number: parts('by {n}, within {n} days, for at least {n} percent of households, with {n} independent experts'),
		other: parts(
			'bridges, slowly, harvest, museum, orchestras, fishing, winter, painters, steel, bakery, mayor, teachers, volunteers, vaccine, tourism, archives, bicycles, forests, fragile, quickly, generous, seasonal, tariffs, lottery, satellites'
		),
		joint: ' '
	},
	fr: {
		who: parts(
			'le gouvernement|les gouvernements, chaque municipalité|les municipalités, l’entreprise privée|les entreprises privées, le régulateur|les régulateurs, l’université|les universités, la communauté technique|les communautés techniques, une association citoyenne|des associations citoyennes, le parlement|les parlements, la bibliothèque|les bibliothèques, l’opérateur|les opérateurs, le conseil scolaire|les conseils scolaires, le ministère de la santé|les ministères de la santé'
		),
		modal: parts('doit, devrait, doivent, devraient'),
		not: parts('ne doit pas, ne devrait jamais, ne doivent pas, ne devraient pas'),
		does: parts(
			'financer|financent, publier|publient, protéger|protègent, traduire|traduisent, tester|testent, réparer|réparent, partager|partagent, simplifier|simplifient, mesurer|mesurent, étendre|étendent, évaluer|évaluent, remplacer|remplacent'
		),
		what: parts(
			'un réseau communautaire|les réseaux communautaires, une norme ouverte|les normes ouvertes, le dossier personnel|les dossiers personnels, un logiciel pour lecteur aveugle|des logiciels pour lecteurs aveugles, le câble sous-marin|les câbles sous-marins, le marché public|les marchés publics, le numéro d’urgence|les numéros d’urgence, un cours en ligne|des cours en ligne, le litige sur un nom de domaine|les litiges sur les noms de domaine, l’algorithme utilisé au tribunal|les algorithmes utilisés aux tribunaux, le déchet électronique|les déchets électroniques, la fréquence radio|les fréquences radio, une station météorologique|des stations météorologiques, le bureau des brevets|les bureaux des brevets'
		),
		where: parts(
			'sur les petites îles, dans les districts ruraux, par-delà les frontières, dans chaque gare, dans les camps de réfugiés, le long de la côte, dans les villages de montagne, hors de la capitale, pendant les élections, dans les hôpitaux'
		),
		end: parts(
			'pour que les agriculteurs obtiennent un prix juste, afin de réduire la consommation d’énergie, car la confiance a été perdue, avant la prochaine crise, pour attirer de jeunes ingénieurs, afin de préserver les langues minoritaires, et en rendre compte publiquement, avec les États voisins, tout en gardant les impôts stables, puisque les aînés en dépendent'
		),
		number: parts('d’ici {n}, en {n} jours, pour au moins {n} pour cent des ménages, avec {n} experts indépendants'),
		other: parts(
			'ponts, lentement, récolte, musée, orchestres, pêche, hiver, peintres, acier, boulangerie, maire, enseignants, bénévoles, vaccin, tourisme, archives, vélos, forêts, fragile, vite, généreux, saisonnier, tarifs, loterie, satellites'
		),
		joint: ' '
	},
	es: {
		who: parts(
			'el gobierno|los gobiernos, cada municipio|los municipios, la empresa privada|las empresas privadas, el regulador|los reguladores, la universidad|las universidades, la comunidad técnica|las comunidades técnicas, una asociación ciudadana|las asociaciones ciudadanas, el parlamento|los parlamentos, la biblioteca|las bibliotecas, el operador|los operadores, el consejo escolar|los consejos escolares, el ministerio de salud|los ministerios de salud'
		),
		modal: parts('debe, debería, deben, deberían'),
		not: parts('no debe, nunca debería, no deben, no deberían'),
		does: parts(
			'financiar|financiando, publicar|publicando, proteger|protegiendo, traducir|traduciendo, probar|probando, reparar|reparando, compartir|compartiendo, simplificar|simplificando, medir|midiendo, ampliar|ampliando, evaluar|evaluando, reemplazar|reemplazando'
		),
		what: parts(
			'una red comunitaria|las redes comunitarias, una norma abierta|las normas abiertas, el expediente personal|los expedientes personales, un programa para lector ciego|programas para lectores ciegos, el cable submarino|los cables submarinos, el contrato público|los contratos públicos, el número de emergencia|los números de emergencia, un curso en línea|los cursos en línea, la disputa de un nombre de dominio|las disputas de nombres de dominio, el algoritmo usado en el tribunal|los algoritmos usados en los tribunales, el residuo electrónico|los residuos electrónicos, la frecuencia de radio|las frecuencias de radio, una estación meteorológica|las estaciones meteorológicas, la oficina de patentes|las oficinas de patentes'
		),
		where: parts(
			'en las islas pequeñas, en los distritos rurales, a través de las fronteras, en cada estación de tren, en los campos de refugiados, a lo largo de la costa, en las aldeas de montaña, fuera de la capital, durante las elecciones, en los hospitales'
		),
		end: parts(
			'para que los agricultores reciban un precio justo, a fin de reducir el consumo de energía, porque se perdió la confianza, antes de otra crisis, para atraer a jóvenes ingenieros, a fin de preservar las lenguas minoritarias, e informar de ello públicamente, junto con los Estados vecinos, con impuestos estables, pues los ancianos dependen de ello'
		),
		number: parts('antes de {n}, en {n} días, para al menos el {n} por ciento de los hogares, con {n} expertos independientes'),
		other: parts(
			'puentes, despacio, cosecha, museo, orquestas, pesca, invierno, pintores, acero, panadería, alcalde, maestros, voluntarios, vacuna, turismo, archivos, bicicletas, bosques, frágil, rápido, generoso, estacional, tarifas, lotería, satélites'
		),
		joint: ' '
	},
	ru: {
		who: parts(
			'правительство|правительства, каждый муниципалитет|муниципалитеты, частная компания|частные компании, регулятор|регуляторы, университет|университеты, техническое сообщество|технические сообщества, гражданское объединение|гражданские объединения, парламент|парламенты, библиотека|библиотеки, оператор|операторы, школьный совет|школьные советы, министерство здравоохранения|министерства здравоохранения'
		),
		modal: parts('должно, должны, следует, обязаны'),
		not: parts('не должно, не должны, не следует, не обязаны'),
		does: parts(
			'финансировать|финансируют, публиковать|публикуют, защищать|защищают, переводить|переводят, проверять|проверяют, ремонтировать|ремонтируют, передавать|передают, упрощать|упрощают, измерять|измеряют, расширять|расширяют, оценивать|оценивают, заменять|заменяют'
		),
		what: parts(
			'общинную сеть|общинные сети, открытый стандарт|открытые стандарты, личное дело|личные дела, программу для незрячего читателя|программы для незрячих читателей, подводный кабель|подводные кабели, государственный контракт|государственные контракты, номер экстренной помощи|номера экстренной помощи, онлайновый курс|онлайновые курсы, спор о доменном имени|споры о доменных именах, судебный алгоритм|судебные алгоритмы, электронный отход|электронные отходы, радиочастоту|радиочастоты, метеорологическую станцию|метеорологические станции, патентное бюро|патентные ведомства'
		),
		where: parts(
			'на малых островах, в сельских районах, через границы, на каждом вокзале, в лагерях беженцев, вдоль побережья, в горных деревнях, за пределами столицы, во время выборов, в больницах'
		),
		end: parts(
			'чтобы фермеры получали справедливую цену, чтобы снизить потребление энергии, потому что доверие утрачено, до следующего кризиса, чтобы привлечь молодых инженеров, чтобы сохранить языки меньшинств, и публично отчитываться об этом, вместе с соседними государствами, при неизменных налогах, так как от этого зависят пожилые'
		),
		number: parts('к {n} году, за {n} дней, для {n} процентов домохозяйств, с участием {n} независимых экспертов'),
		other: parts(
			'мосты, медленно, урожай, музей, оркестры, рыбалка, зима, художники, сталь, пекарня, мэр, учителя, добровольцы, вакцина, туризм, архивы, велосипеды, леса, хрупкий, быстро, щедрый, сезонный, тарифы, лотерея, спутники'
		),
		joint: ' '
	},
	zh: {
		who: parts(
			'政府|各国政府, 市政当局|各市政当局, 私营企业|私营企业们, 监管机构|各监管机构, 大学|各大学, 技术界|技术界人士, 公民社会组织|各公民社会组织, 议会|各国议会, 图书馆|各图书馆, 运营商|各运营商, 学校董事会|各学校董事会, 卫生部|各国卫生部'
		),
		modal: parts('应, 应该, 必须, 需要'),
		not: parts('不应, 不应该, 不得, 不应当'),
		does: parts(
			'资助|资助着, 公布|公布了, 保护|保护着, 翻译|翻译了, 测试|测试了, 维修|维修着, 共享|共享着, 简化|简化了, 衡量|衡量着, 扩大|扩大着, 评估|评估了, 更换|更换了'
		),
		what: parts(
			'社区网络|社区的网络, 开放标准|开放的标准, 个人档案|个人的档案, 盲人阅读软件|盲人的阅读软件, 海底电缆|海底的电缆, 公共采购合同|公共采购的合同, 紧急电话号码|紧急的电话号码, 在线课程|在线的课程, 域名争议|域名的争议, 法院使用的算法|法院所使用的算法, 电子废物|电子的废物, 无线电频率|无线电的频率, 气象站|各气象站, 专利局|各专利局'
		),
		where: parts(
			'在小岛屿上, 在农村地区, 跨越边境, 在每个火车站, 在难民营里, 沿着海岸, 在山区村庄, 在首都以外, 在选举期间, 在医院里'
		),
		end: parts(
			'使农民获得公平价格, 以降低能源消耗, 因为信任已经丧失, 赶在下一次危机之前, 以吸引年轻工程师, 以保存少数民族语言, 并公开报告结果, 与邻国共同进行, 同时保持税收稳定, 因为老年人依赖于此'
		),
		number: parts('在{n}年之前, 在{n}天之内, 覆盖百分之{n}的家庭, 并邀请{n}名独立专家'),
		other: parts(
			'桥梁, 缓慢, 收成, 博物馆, 乐团, 捕鱼, 冬季, 画家, 钢铁, 面包店, 市长, 教师, 志愿者, 疫苗, 旅游, 档案馆, 自行车, 森林, 脆弱, 迅速, 慷慨, 季节, 关税, 彩票, 卫星'
		),
		joint: ''
	},
	ar: {
		who: parts(
			'الحكومة|الحكومات, كل بلدية|البلديات, الشركة الخاصة|الشركات الخاصة, الهيئة التنظيمية|الهيئات التنظيمية, الجامعة|الجامعات, المجتمع التقني|المجتمعات التقنية, جمعية مدنية|الجمعيات المدنية, البرلمان|البرلمانات, المكتبة|المكتبات, المشغل|المشغلون, مجلس المدرسة|مجالس المدرسة, وزارة الصحة|وزارات الصحة'
		),
		modal: parts('يجب أن, ينبغي أن, على, يلزم أن'),
		not: parts('لا يجب أن, لا ينبغي أن, ليس على, لا يلزم أن'),
		does: parts(
			'تمول|تمويل, تنشر|ينشرون, تحمي|يحمون, تترجم|يترجمون, تختبر|يختبرون, تصلح|يصلحون, تشارك|يشاركون, تبسط|يبسطون, تقيس|يقيسون, توسع|يوسعون, تقيم|يقيمون, تستبدل|يستبدلون'
		),
		what: parts(
			'الشبكة المجتمعية|الشبكات المجتمعية, المعيار المفتوح|المعايير المفتوحة, السجل الشخصي|السجلات الشخصية, برنامج القارئ الكفيف|برنامج القارئين المكفوفين, الكابل البحري|الكابلات البحرية, عقد الشراء العام|عقود الشراء العامة, رقم الطوارئ|أرقام الطوارئ, دورة عبر الإنترنت|دورات عبر الإنترنت, نزاع اسم النطاق|نزاعات أسماء النطاقات, الخوارزمية المستخدمة في المحكمة|الخوارزميات المستخدمة في المحاكم, النفاية الإلكترونية|النفايات الإلكترونية, التردد الراديوي|الترددات الراديوية, محطة الأرصاد|محطات الأرصاد, مكتب البراءات|مكاتب البراءات'
		),
		where: parts(
			'في الجزر الصغيرة, في المناطق الريفية, عبر الحدود, في كل محطة قطار, في مخيمات اللاجئين, على طول الساحل, في القرى الجبلية, خارج العاصمة, أثناء الانتخابات, في المستشفيات'
		),
		end: parts(
			'كي يحصل المزارعون على سعر عادل, من أجل خفض استهلاك الطاقة, لأن الثقة فقدت, قبل حدوث أزمة أخرى, لجذب المهندسين الشباب, للحفاظ على لغات الأقليات, مع إبلاغ الجمهور بذلك, بالاشتراك مع الدول المجاورة, مع ثبات الضرائب, لأن المسنين يعتمدون عليه'
		),
		number: parts('بحلول عام {n}, خلال {n} يوما, لنسبة {n} في المئة من الأسر, بمشاركة {n} من الخبراء المستقلين'),
		other: parts(
			'جسور, ببطء, حصاد, متحف, فرق, صيد, شتاء, رسامون, فولاذ, مخبز, عمدة, معلمون, متطوعون, لقاح, سياحة, محفوظات, دراجات, غابات, هش, بسرعة, سخي, موسمي, تعريفات, يانصيب, أقمار'
		),
		joint: ' '
	}
};
