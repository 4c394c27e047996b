"""One invented story, told in all fifteen languages: what the tests of names read."""

from __future__ import annotations

TUNNEL = {
    "en": (
        "Mayor Karin Tolmund of Vestby said on Monday that the tunnel was safe. "
        "Tolmund told Reuters that the firm Norlys Anlegg had checked every bolt. "
        "Dmitri Sorokin, an engineer, disagreed. "
        "Sorokin wrote to Emmanuel Macron. "
        "The Norwegian road authority is investigating in Norway."
    ),
    "de": (
        "Bürgermeisterin Karin Tolmund sagte am Montag, der Tunnel sei sicher. "
        "Tolmunds Büro verwies auf die Firma Norlys Anlegg. "
        "Der Ingenieur Dmitrij Sorokin widersprach. "
        "Sorokin schrieb an Emmanuel Macron, wie Reuters meldete. "
        "Die norwegische Straßenaufsicht ermittelt in Norwegen."
    ),
    "fr": (
        "La maire Karin Tolmund a affirmé lundi que le tunnel était sûr. "
        "Mme Tolmund renvoie à l'entreprise Norlys Anlegg. "
        "L'ingénieur Dmitri Sorokine n'est pas d'accord. "
        "Sorokine a écrit à Emmanuel Macron, selon Reuters. "
        "L'autorité routière norvégienne enquête en Norvège."
    ),
    "es": (
        "La alcaldesa Karin Tolmund dijo el lunes que el túnel era seguro. "
        "Tolmund remitió a la empresa Norlys Anlegg. "
        "El ingeniero Dmitri Sorokin discrepa. "
        "Sorokin escribió a Emmanuel Macron, según Reuters. "
        "La autoridad noruega de carreteras investiga en Noruega."
    ),
    "it": (
        "La sindaca Karin Tolmund ha detto lunedì che il tunnel era sicuro. "
        "Tolmund ha rinviato all'azienda Norlys Anlegg. "
        "L'ingegnere Dmitrij Sorokin non è d'accordo. "
        "Sorokin ha scritto a Emmanuel Macron, secondo Reuters. "
        "L'autorità stradale norvegese indaga in Norvegia."
    ),
    "pt": (
        "A presidente da câmara Karin Tolmund disse na segunda-feira que o túnel era seguro. "
        "Tolmund remeteu para a empresa Norlys Anlegg. "
        "O engenheiro Dmitri Sorokin discorda. "
        "Sorokin escreveu a Emmanuel Macron, segundo a Reuters. "
        "A autoridade rodoviária norueguesa investiga na Noruega."
    ),
    "nl": (
        "Burgemeester Karin Tolmund zei maandag dat de tunnel veilig was. "
        "Tolmund verwees naar het bedrijf Norlys Anlegg. "
        "Ingenieur Dmitri Sorokin is het daar niet mee eens. "
        "Sorokin schreef aan Emmanuel Macron, meldt Reuters. "
        "De Noorse wegenautoriteit doet onderzoek in Noorwegen."
    ),
    "pl": (
        "Burmistrz Karin Tolmund powiedziała w poniedziałek, że tunel był bezpieczny. "
        "Firma Norlys Anlegg milczy. "
        "Inżynier Dmitrij Sorokin ma inne zdanie. "
        "Sorokina nie wysłuchano, więc napisał do Emmanuela Macrona, podaje Reuters. "
        "Norweski urząd drogowy prowadzi dochodzenie w Norwegii."
    ),
    "cs": (
        "Starostka Karin Tolmundová v pondělí řekla, že tunel byl bezpečný. "
        "Firma Norlys Anlegg mlčí. "
        "Inženýr Dmitrij Sorokin nesouhlasí. "
        "Sorokina nikdo nevyslechl, a tak napsal Emmanuelu Macronovi, uvedla agentura Reuters. "
        "Norský silniční úřad vyšetřuje v Norsku."
    ),
    "ru": (
        "Мэр Карин Толмунд заявила в понедельник, что тоннель безопасен. "
        "Компания Norlys Anlegg молчит. "
        "Инженер Дмитрий Сорокин не согласен. "
        "Сорокина не выслушали, и он написал Эммануэлю Макрону, сообщает Reuters. "
        "Норвежское дорожное управление ведёт расследование в Норвегии."
    ),
    "uk": (
        "Мерка Карін Толмунд заявила в понеділок, що тунель безпечний. "
        "Компанія Norlys Anlegg мовчить. "
        "Інженер Дмитро Сорокін не згоден. "
        "Сорокіна не вислухали, і він написав Еммануелю Макрону, повідомляє Reuters. "
        "Норвезьке дорожнє управління веде розслідування в Норвегії."
    ),
    "tr": (
        "Belediye Başkanı Karin Tolmund pazartesi günü tünelin güvenli olduğunu söyledi. "
        "Tolmund'un ofisi Norlys Anlegg şirketini işaret etti. "
        "Mühendis Dmitri Sorokin aynı fikirde değil. "
        "Sorokin, Emmanuel Macron'a yazdı, Reuters bildirdi. "
        "Norveç karayolu idaresi Norveç'te inceleme yapıyor."
    ),
    "ar": (
        "قالت رئيسة البلدية كارين تولموند يوم الاثنين إن النفق آمن. "
        "وأحالت تولموند إلى شركة Norlys Anlegg. "
        "ورفض المهندس ديمتري سوروكين ذلك. "
        "وكتب سوروكين إلى الرئيس إيمانويل ماكرون، حسب رويترز. "
        "وتحقق هيئة الطرق النرويجية في النرويج."
    ),
    "zh": (
        "市长卡琳·托尔蒙德周一表示，隧道是安全的。托尔蒙德提到Norlys Anlegg公司。工程师德米特里·索罗金不同意。索罗金致信法国总统埃马纽埃尔·马克龙，路透社报道。挪威公路局正在挪威调查。"
    ),
    "ja": (
        "カーリン・トルムン市長は月曜日、トンネルは安全だと述べた。トルムン氏はNorlys Anlegg社に言及した。技師のドミトリー・ソロキン氏は反論した。ソロキン氏はエマニュエル・マクロン大統領に書簡を送ったとロイターが報じた。ノルウェー道路局がノルウェーで調査している。"
    ),
}
