"""How the Chinese names of places are written in Latin letters.

The general rule is pinyin without tone marks, one capital at the start. A library gives the readings; it cannot know
the local reading of every character, and it knows nothing of the standard spellings of Mongolian, Uygur, Kazak and
Tibetan names. Both kinds of exception are listed here, by hand, so that a reader can check them one by one.
"""

# A reading that place names use almost always, where the library's first reading of the lone character is another.
# The readings hold for a place name only: 长 is chang in 长治, 长洲, 长顺, and zhang in one county (see BY_NAME).
BY_CHARACTER = {
    "长": "chang", "都": "du", "朝": "chao", "什": "shi", "勒": "le", "佛": "fo", "曾": "zeng", "乐": "le",
    "重": "chong", "厦": "xia", "藏": "zang", "沈": "shen", "解": "jie",
}

# Local readings, keyed by the full Chinese name; the value is the Latin name of the short form.
BY_NAME = {
    "长子县": "Zhangzi", "乐亭县": "Laoting", "乐陵市": "Laoling", "乐清市": "Yueqing", "六安市": "Luan", "六合区": "Luhe",
    "单县": "Shanxian", "浚县": "Xunxian", "蔚县": "Yuxian", "莘县": "Shenxian", "漯河市": "Luohe", "马尾区": "Mawei",
    "珲春市": "Hunchun", "筠连县": "Junlian", "涡阳县": "Guoyang", "泊头市": "Botou", "繁峙县": "Fanshi",
    "洪洞县": "Hongtong", "荥阳市": "Xingyang", "荥经县": "Yingjing", "龙圩区": "Longxu", "蚌埠市": "Bengbu",
    "蚌山区": "Bengshan", "伽师县": "Jiashi", "穆棱市": "Muling", "红寺堡区": "Hongsibu", "吴堡县": "Wubu",
    "大城县": "Daicheng", "覃塘区": "Qintang", "尉犁县": "Yuli", "铅山县": "Yanshan", "番禺区": "Panyu",
    "东莞市": "Dongguan", "亳州市": "Bozhou", "台州市": "Taizhou", "厦门市": "Xiamen", "大埔县": "Dabu",
    "召陵区": "Shaoling", "闵行区": "Minhang", "崆峒区": "Kongtong", "称多县": "Chenduo", "东阿县": "Donge", "牟平区": "Muping", "中牟县": "Zhongmu",
    "犍为县": "Qianwei", "枞阳县": "Zongyang", "黄陂区": "Huangpi", "宝坻区": "Baodi", "泌阳县": "Biyang",
    "耒阳市": "Leiyang", "歙县": "Shexian", "柞水县": "Zhashui", "万柏林区": "Wanbolin", "儋州市": "Danzhou",
    "盱眙县": "Xuyi", "渑池县": "Mianchi", "句容市": "Jurong", "尉氏县": "Weishi", "茌平区": "Chiping",
}

# Spellings that are not pinyin: provinces with a fixed name in English, and names from other languages of China in
# their standard romanisation, left without its diacritics. Only spellings we are sure of are here; the rest is pinyin.
# Where an entry differs from pinyin, the pinyin becomes an alias, so both can be written in a rule.
STANDARD = {
    # provinces
    "中国": "China", "内蒙古自治区": "InnerMongolia", "陕西省": "Shaanxi", "西藏自治区": "Tibet",
    "香港特别行政区": "HongKong", "澳门特别行政区": "Macao",
    # the north-east
    "哈尔滨市": "Harbin", "齐齐哈尔市": "Qiqihar", "富拉尔基区": "Fularji", "杜尔伯特蒙古族自治县": "Dorbod",
    # Inner Mongolia
    "呼和浩特市": "Hohhot", "土默特左旗": "TumedZuoqi", "托克托县": "Togtoh", "和林格尔县": "Horinger",
    "白云鄂博矿区": "BayanObo", "土默特右旗": "TumedYouqi", "达尔罕茂明安联合旗": "DarhanMuminggan",
    "阿鲁科尔沁旗": "ArHorqin", "巴林左旗": "BairinZuoqi", "巴林右旗": "BairinYouqi", "克什克腾旗": "Hexigten",
    "翁牛特旗": "Ongniud", "喀喇沁旗": "Harqin", "科尔沁区": "Horqin", "科尔沁左翼中旗": "HorqinZuoyiZhongqi",
    "科尔沁左翼后旗": "HorqinZuoyiHouqi", "库伦旗": "Hure", "扎鲁特旗": "Jarud", "霍林郭勒市": "Holingol",
    "鄂尔多斯市": "Ordos", "达拉特旗": "Dalad", "准格尔旗": "Jungar", "鄂托克前旗": "OtogQianqi", "鄂托克旗": "Otog",
    "杭锦旗": "Hanggin", "乌审旗": "Uxin", "伊金霍洛旗": "EjinHoro", "呼伦贝尔市": "Hulunbuir", "海拉尔区": "Hailar",
    "扎赉诺尔区": "Jalainur", "阿荣旗": "Arun", "莫力达瓦达斡尔族自治旗": "MorinDawa", "鄂伦春自治旗": "Oroqen",
    "鄂温克族自治旗": "Ewenki", "陈巴尔虎旗": "ChenBarag", "新巴尔虎左旗": "XinBaragZuoqi",
    "新巴尔虎右旗": "XinBaragYouqi", "额尔古纳市": "Ergun", "巴彦淖尔市": "Bayannur", "乌拉特前旗": "UradQianqi",
    "乌拉特中旗": "UradZhongqi", "乌拉特后旗": "UradHouqi", "杭锦后旗": "HangginHouqi", "乌兰察布市": "Ulanqab",
    "察哈尔右翼前旗": "QaharYouyiQianqi", "察哈尔右翼中旗": "QaharYouyiZhongqi",
    "察哈尔右翼后旗": "QaharYouyiHouqi", "兴安盟": "Hinggan", "乌兰浩特市": "Ulanhot", "阿尔山市": "Arxan",
    "科尔沁右翼前旗": "HorqinYouyiQianqi", "科尔沁右翼中旗": "HorqinYouyiZhongqi", "扎赉特旗": "Jalaid",
    "锡林郭勒盟": "Xilingol", "二连浩特市": "Erenhot", "锡林浩特市": "Xilinhot", "阿巴嘎旗": "Abag",
    "苏尼特左旗": "SonidZuoqi", "苏尼特右旗": "SonidYouqi", "东乌珠穆沁旗": "DongUjimqin",
    "西乌珠穆沁旗": "XiUjimqin", "太仆寺旗": "Taibus", "阿拉善盟": "Alxa", "阿拉善左旗": "AlxaZuoqi",
    "阿拉善右旗": "AlxaYouqi", "额济纳旗": "Ejin",
    # Tibet
    "拉萨市": "Lhasa", "堆龙德庆区": "Doilungdeqen", "达孜区": "Dagze", "林周县": "Lhunzhub", "当雄县": "Damxung",
    "尼木县": "Nyemo", "墨竹工卡县": "Maizhokunggar", "日喀则市": "Xigaze", "桑珠孜区": "Samzhubze",
    "南木林县": "Namling", "江孜县": "Gyangze", "定日县": "Tingri", "萨迦县": "Sagya", "拉孜县": "Lhaze",
    "昂仁县": "Ngamring", "谢通门县": "Xaitongmoin", "白朗县": "Bainang", "仁布县": "Rinbung", "康马县": "Kangmar",
    "定结县": "Dinggye", "吉隆县": "Gyirong", "聂拉木县": "Nyalam", "昌都市": "Qamdo", "江达县": "Jomda",
    "贡觉县": "Gonjo", "类乌齐县": "Riwoqe", "丁青县": "Dengqen", "察雅县": "Zhagyab", "八宿县": "Baxoi",
    "左贡县": "Zogang", "芒康县": "Markam", "洛隆县": "Lhorong", "边坝县": "Banbar", "林芝市": "Nyingchi",
    "工布江达县": "Gongbogyamda", "米林市": "Mainling", "墨脱县": "Medog", "察隅县": "Zayu", "乃东区": "Nedong",
    "扎囊县": "Zhanang", "贡嘎县": "Gonggar", "琼结县": "Qonggyai", "曲松县": "Qusum", "措美县": "Comai",
    "洛扎县": "Lhozhag", "加查县": "Gyaca", "隆子县": "Lhunze", "错那市": "Cona", "浪卡子县": "Nagarze",
    "那曲市": "Nagqu", "嘉黎县": "Lhari", "聂荣县": "Nyainrong", "安多县": "Amdo", "申扎县": "Xainza",
    "班戈县": "Baingoin", "巴青县": "Baqen", "尼玛县": "Nyima", "阿里地区": "Ngari", "普兰县": "Burang",
    "札达县": "Zanda", "噶尔县": "Gar", "日土县": "Rutog", "革吉县": "Gegyai", "改则县": "Gerze", "措勤县": "Coqen",
    # Xinjiang
    "乌鲁木齐市": "Urumqi", "乌鲁木齐县": "Urumqi", "克拉玛依市": "Karamay", "克拉玛依区": "Karamay",
    "吐鲁番市": "Turpan", "托克逊县": "Toksun", "巴里坤哈萨克自治县": "Barkol", "玛纳斯县": "Manas",
    "吉木萨尔县": "Jimsar", "木垒哈萨克自治县": "Mori", "博尔塔拉蒙古自治州": "Bortala", "巴音郭楞蒙古自治州": "Bayingolin",
    "库尔勒市": "Korla", "和硕县": "Hoxud", "阿克苏地区": "Aksu", "阿克苏市": "Aksu", "库车市": "Kuqa",
    "沙雅县": "Xayar", "阿瓦提县": "Awat", "柯坪县": "Kalpin", "克孜勒苏柯尔克孜自治州": "Kizilsu", "阿图什市": "Artux",
    "阿克陶县": "Akto", "阿合奇县": "Akqi", "喀什地区": "Kashgar", "喀什市": "Kashgar", "英吉沙县": "Yengisar",
    "麦盖提县": "Makit", "岳普湖县": "Yopurga", "塔什库尔干塔吉克自治县": "Taxkorgan", "和田地区": "Hotan",
    "和田市": "Hotan", "和田县": "Hotan", "洛浦县": "Lop", "策勒县": "Qira", "伊犁哈萨克自治州": "Ili",
    "奎屯市": "Kuytun", "霍尔果斯市": "Korgas", "察布查尔锡伯自治县": "Qapqal", "特克斯县": "Tekes", "尼勒克县": "Nilka",
    "乌苏市": "Usu", "额敏县": "Emin", "托里县": "Toli", "和布克赛尔蒙古自治县": "Hoboksar", "阿勒泰地区": "Altay",
    "阿勒泰市": "Altay", "布尔津县": "Burqin", "吉木乃县": "Jeminay", "阿拉尔市": "Aral", "图木舒克市": "Tumxuk",
    "可克达拉市": "Kokdala",
    # Qinghai, Gansu, Sichuan, Yunnan
    "格尔木市": "Golmud", "果洛藏族自治州": "Golog", "甘孜藏族自治州": "Garze", "甘孜县": "Garze",
    "阿克塞哈萨克族自治县": "Aksay", "香格里拉市": "Shangrila",
}

# Further names that people write. The pinyin of STANDARD names is added by the program.
ALIASES = {
    "中国": ["中华人民共和国"], "西藏自治区": ["Xizang"], "内蒙古自治区": ["内蒙", "Neimenggu", "NeiMongol"],
    "香港特别行政区": ["Xianggang"], "澳门特别行政区": ["Macau", "Aomen"],
    "日喀则市": ["Shigatse"], "阿坝藏族羌族自治州": ["Ngawa"], "广州市": ["Canton"], "万柏林区": ["Wanbailin"],
    "召陵区": ["Zhaoling"], "称多县": ["Chindu"], "宕昌县": ["Tanchang"], "霍尔果斯市": ["Khorgos"],
    "莎车县": ["Yarkant"], "和田地区": ["Khotan"], "哈密市": ["Kumul"], "迪庆藏族自治州": ["Deqen"],
}
