"""Articles about the towns, firms and people of our annotated stories, and about something else: a story must not take them in.

`LOOKALIKES`: the story (a folder of `eval/stories`, or the example), the language, when it was published, and the text. All invented.
"""

from __future__ import annotations

from typing import NamedTuple


class Lookalike(NamedTuple):
    """An article that only shares names with a story."""

    story: str
    language: str
    published: str
    text: str


LOOKALIKES = (
    Lookalike("varnholm", "de", "2026-03-02", """Falk singt wieder: Shanty-Chor Varnholm gibt Konzert in der Speicherhalle

Der Direktor der Hafenbehörde von Varnholm, Anders Falk, steht am Samstag mit dem Shanty-Chor auf der Bühne. „Ich singe seit 22 Jahren Bariton, \
und besser bin ich nicht geworden“, sagte Falk bei der Probe.

Der Chor zählt 46 Mitglieder, der jüngste ist 17, die älteste 83 Jahre alt. Zum Programm gehören Lieder aus Norwegen und der Bretagne. Die \
Einnahmen gehen an die Seenotretter. Karten kosten 12 Euro, für Kinder ist der Eintritt frei. Einlass ist um 18 Uhr."""),
    Lookalike("varnholm", "pl", "", """Varnholm zaprasza na festiwal latawców

Ponad 300 latawców wzniesie się w pierwszy weekend maja nad plażą w Varnholm. Miasto organizuje festiwal po raz dziewiąty, a partnerem jest \
Zarząd Portu Varnholm.

W zeszłym roku przyjechało 5 tysięcy widzów z Danii, Niemiec i Polski. Nowością będą nocne pokazy i warsztaty dla dzieci. „Wiatru nam nigdy nie \
brakuje” – żartuje inżynier Signe Holmqvist, która po pracy szyje latawce i w tym roku jest w jury. Noclegi trzeba rezerwować do połowy marca."""),
    Lookalike("fresco", "en", "2025-03-05", """Museum director to run Valdorna half marathon for sick children

Ruggero Zanella, who runs the Civic Museum of Castelbruno, will swap his office for running shoes on Sunday. The 58-year-old is one of 900 \
people who have signed up for the Valdorna half marathon.

He hopes to raise 10,000 euros for the children's ward of the local hospital. "My knees are from the fifteenth century too," he said after a \
training run along the river. The start is at 9.30 in the main square, and roads will be closed until one o'clock."""),
    Lookalike("fresco", "fr", "2025-03-04", """Spolète consacre une exposition à Taddeo da Norcina

Trente-deux dessins de Taddeo da Norcina, peintre ombrien du XVe siècle, sont réunis à Spolète jusqu'au 15 juin. La plupart viennent de \
collections privées et n'avaient jamais été montrés.

« On découvre un dessinateur nerveux, presque moderne », explique la commissaire, Elisa Conti. Le parcours s'achève sur une salle de carnets \
de voyage. Le catalogue de 240 pages est publié en italien et en français. L'entrée coûte 9 euros."""),
    Lookalike("odrawa", "de", "2025-07-09", """Galwanex Brzegów steigt ins Trikotgeschäft ein: Neuer Sponsor für Oberligisten

Der Fußballklub Pogoń Brzegów hat einen neuen Hauptsponsor. Die Zinkwerke Galwanex Brzegów zahlen in den kommenden drei Jahren je 400.000 Złoty.

„Viele unserer Leute stehen samstags auf der Tribüne“, sagte Firmensprecher Tomasz Wieczorek bei der Vorstellung der gelb-blauen Trikots. Der Klub \
will in die zweite Liga zurück, aus der er vor sechs Jahren abgestiegen war. Trainer Marek Dudek hat bereits zwei Stürmer verpflichtet."""),
    Lookalike("odrawa", "cs", "2025-07-08", """Na Odrawě se pojede závod raftů, přihlásilo se 60 posádek

Šedesát posádek z Česka, Polska a Slovenska se přihlásilo na sobotní závod raftů na řece Odrawa. Trať měří 18 kilometrů a vede z Pomezí k soutoku.

„Voda je letos nízká, bude to dřina,“ řekl pořadatel Jiří Vlk. Vítězové dostanou sud piva a pohár. Loni vyhrála posádka z polského Brzegowa v čase \
jedna hodina a 52 minut. Závod začíná v deset hodin u mlýna."""),
    Lookalike("odrawa", "en", "", """The inspector who hunts mushrooms: Halina Brożek publishes her third field guide

By day Halina Brożek looks after the environment of a whole Polish province. At weekends she looks for boletes. Her third guide, out this week, \
describes 212 species found in the woods around Brzegów.

"People send me photographs at midnight and ask whether they will die," she says. The book took her four years. Her publisher has printed 8,000 \
copies, and a German edition is planned for next spring. She is working on a fourth one, about lichens."""),
    Lookalike("tianhe", "en", "2025-11-12", """Tianhe Battery picks Hungary for research centre

Chinese battery maker Tianhe will open its first European research centre in Győr next year, the company said on Wednesday. It plans to hire 150 \
engineers and invest 40 million euros.

The centre will work on sodium cells and on recycling. Tianhe's sales in Europe rose 28 percent in the first nine months, driven by orders for \
buses. "We want to be close to our customers," sales chief Deng Rui told reporters. Hungary's economy ministry is to pay a fifth of the cost."""),
    Lookalike("tianhe", "ja", "2025-11-13", """ミカド自動車、新型軽自動車を発表 燃費1割改善

ミカド自動車は13日、軽自動車「コハル」の新型を発表した。全面改良は7年ぶりで、燃費を約1割改善した。価格は148万円から。

車内を広げ、自動ブレーキを標準装備とした。月間5000台の販売を目指す。開発責任者の森田圭氏は「毎日の買い物に使いやすい車にした」と話した。女優を起用した\
テレビ広告も始める。来春には欧州向けの電気自動車も投入する予定だ。"""),
    Lookalike("tianhe", "zh", "2025-11-12", """云州国际马拉松周日开跑 两万名跑者参赛

本报讯 2025云州国际马拉松将于本周日上午7时30分鸣枪开跑，来自26个国家和地区的两万名跑者将参赛。赛道沿江而设，途经古城墙和新建成的体育公园。

组委会介绍，沿途共设饮水站15个、医疗点21个，志愿者达3200人。当天上午部分路段将实行交通管制，地铁首班车提前到5时30分。天河电池为赛事提供电动引导车。去年男子组\
冠军成绩为2小时11分。"""),
    Lookalike("heyu", "en", "2025-09-03", """Rice cooker by Heyu wins design prize in Milan

A rice cooker made by the Chinese appliance firm Heyu has won a gold medal at a design fair in Milan. The jury praised its ceramic bowl and the \
lack of a screen.

"We took away buttons until there was one left," designer Pan Yue said. The cooker will cost 89 euros in Europe and goes on sale before Christmas. \
Heyu, whose spokeswoman Lin Xueqing collected the medal, exports to 34 countries. Last year's prize went to a kettle from Denmark."""),
    Lookalike("heyu", "zh", "2025-09-01", """澜江市开学首日 12万名小学生返校

本报讯（记者 唐念）9月1日，澜江市各中小学迎来新学期。全市新增学位8600个，新建学校5所。

在江滨小学，孩子们收到了学校准备的开学礼物——一本手绘的校园地图。校长周岚说，今年学校开设了烘焙、木工等社团。市教育局表示，将推行课间15分钟，让学生走出教室。禾屿\
电器向20所乡村学校捐赠了食堂设备。"""),
    Lookalike("rudzianka", "uk", "2025-05-06", """Станцію Рудзянка прикрасили вишиванками до свята

На прикордонній станції Рудзянка відкрили виставку вишитих сорочок. Шістдесят сорочок із Галичини та Підкарпаття зібрали місцеві вчительки, \
найстаріша пошита 1894 року.

«Люди чекають на поїзд і читають історії родин», — розповіла організаторка Марія Гнатюк. Виставку підтримала компанія «Koleje Pogranicza». Вона \
триватиме до кінця червня, вхід вільний. Восени її покажуть у Львові."""),
    Lookalike("rudzianka", "de", "", """Koleje Pogranicza kauft zwölf Triebzüge

Die polnische Bahngesellschaft Koleje Pogranicza hat zwölf Dieseltriebzüge bestellt. Der Auftrag ist 310 Millionen Złoty wert, die ersten Züge \
sollen 2027 fahren.

Sie haben 140 Sitzplätze, Klimaanlage und Stellplätze für Fahrräder. „Die alten Wagen stammen aus dem Jahr 1978, das merkt man an jeder Kurve“, \
sagte Sprecherin Katarzyna Bielak. Eingesetzt werden sie auf vier Strecken in den Karpaten. Zum Fahrplanwechsel steigen die Preise um fünf Prozent."""),
)
