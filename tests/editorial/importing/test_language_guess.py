"""The language of texts in Latin and Cyrillic script is guessed by their words, or not at all."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest
from django.test import Client

from panels.editorial.importing.bulk import load
from panels.editorial.importing.language_guess import guess_language, language_of
from panels.models import Event
from panels.transcript import Exchange, Transcript, Turn
from tests.admin.importing.test_importing import brought, page_of
from tests.served import ROOT

PARAGRAPHS = {
    "en": (
        "The reading room stays open until midnight because students told us that they have nowhere else to work."
        " We asked the council for money twice, and the second time they agreed, although nobody had expected it "
        "any more."
    ),
    "de": (
        "Der Lesesaal bleibt bis Mitternacht geöffnet, weil uns die Studierenden gesagt haben, dass sie sonst "
        "nirgends arbeiten können. Wir haben die Stadt zweimal um Geld gebeten, und beim zweiten Mal hat sie "
        "zugestimmt, obwohl niemand mehr damit gerechnet hatte."
    ),
    "fr": (
        "La salle de lecture reste ouverte jusqu'à minuit parce que les étudiants nous ont dit qu'ils n'avaient "
        "pas d'autre endroit pour travailler. Nous avons demandé deux fois de l'argent à la ville, et la deuxième"
        " fois elle a accepté, alors que plus personne ne s'y attendait."
    ),
    "es": (
        "La sala de lectura permanece abierta hasta medianoche porque los estudiantes nos dijeron que no tienen "
        "otro lugar donde trabajar. Pedimos dinero al ayuntamiento dos veces, y la segunda vez aceptó, aunque ya "
        "nadie lo esperaba."
    ),
    "it": (
        "La sala di lettura resta aperta fino a mezzanotte perché gli studenti ci hanno detto che non hanno un "
        "altro posto dove lavorare. Abbiamo chiesto soldi al comune due volte, e la seconda volta ha accettato, "
        "anche se ormai nessuno se lo aspettava."
    ),
    "pt": (
        "A sala de leitura fica aberta até à meia-noite porque os estudantes nos disseram que não têm outro lugar"
        " onde trabalhar. Pedimos dinheiro à câmara duas vezes e, da segunda vez, ela aceitou, embora já ninguém "
        "o esperasse."
    ),
    "nl": (
        "De leeszaal blijft open tot middernacht omdat de studenten ons vertelden dat ze nergens anders kunnen "
        "werken. We hebben de gemeente twee keer om geld gevraagd, en de tweede keer stemde zij toe, hoewel "
        "niemand dat nog verwachtte."
    ),
    "pl": (
        "Czytelnia jest otwarta do północy, ponieważ studenci powiedzieli nam, że nie mają gdzie indziej "
        "pracować. Dwa razy prosiliśmy miasto o pieniądze i za drugim razem się zgodziło, chociaż nikt już tego "
        "nie oczekiwał."
    ),
    "cs": (
        "Čítárna zůstává otevřená do půlnoci, protože nám studenti řekli, že nemají kde jinde pracovat. Dvakrát "
        "jsme požádali město o peníze a podruhé souhlasilo, ačkoli to už nikdo nečekal."
    ),
    "sk": (
        "Čitáreň zostáva otvorená do polnoci, pretože nám študenti povedali, že nemajú kde inde pracovať. Dvakrát"
        " sme požiadali mesto o peniaze a druhýkrát súhlasilo, hoci to už nikto nečakal."
    ),
    "sv": (
        "Läsesalen är öppen till midnatt eftersom studenterna berättade att de inte har någon annanstans att "
        "arbeta. Vi bad kommunen om pengar två gånger, och andra gången sade den ja, trots att ingen längre "
        "väntade sig det."
    ),
    "da": (
        "Læsesalen holder åbent til midnat, fordi de studerende fortalte os, at de ikke har andre steder at "
        "arbejde. Vi bad kommunen om penge to gange, og anden gang sagde den ja, selv om ingen længere havde "
        "ventet det."
    ),
    "no": (
        "Lesesalen holder åpent til midnatt fordi studentene fortalte oss at de ikke har noe annet sted å jobbe. "
        "Vi ba kommunen om penger to ganger, og andre gang sa den ja, selv om ingen lenger hadde ventet det."
    ),
    "fi": (
        "Lukusali on auki keskiyöhön asti, koska opiskelijat kertoivat meille, ettei heillä ole muuta paikkaa "
        "työskennellä. Pyysimme kaupungilta rahaa kaksi kertaa, ja toisella kerralla se suostui, vaikka kukaan ei"
        " enää odottanut sitä."
    ),
    "hu": (
        "Az olvasóterem éjfélig nyitva tart, mert a hallgatók azt mondták, hogy máshol nem tudnak dolgozni. "
        "Kétszer kértünk pénzt a várostól, és másodszorra beleegyezett, pedig már senki sem számított rá."
    ),
    "ro": (
        "Sala de lectură rămâne deschisă până la miezul nopții, pentru că studenții ne-au spus că nu au alt loc "
        "unde să lucreze. Am cerut de două ori bani primăriei, iar a doua oară a fost de acord, deși nimeni nu se"
        " mai aștepta."
    ),
    "tr": (
        "Okuma salonu gece yarısına kadar açık kalıyor, çünkü öğrenciler bize çalışacak başka yerleri olmadığını "
        "söyledi. Belediyeden iki kez para istedik ve ikinci seferde, artık kimse beklemediği halde, kabul etti."
    ),
    "ca": (
        "La sala de lectura és oberta fins a mitjanit perquè els estudiants ens van dir que no tenen cap altre "
        "lloc on treballar. Vam demanar diners a l'ajuntament dues vegades, i la segona va acceptar, encara que "
        "ja ningú no s'ho esperava."
    ),
    "id": (
        "Ruang baca tetap buka sampai tengah malam karena para mahasiswa mengatakan bahwa mereka tidak punya "
        "tempat lain untuk bekerja. Kami meminta uang kepada pemerintah kota dua kali, dan yang kedua kalinya "
        "disetujui, walaupun tidak ada lagi yang mengharapkannya."
    ),
    "vi": (
        "Phòng đọc mở cửa đến nửa đêm vì sinh viên nói với chúng tôi rằng họ không có nơi nào khác để làm việc. "
        "Chúng tôi đã xin tiền thành phố hai lần, và lần thứ hai họ đồng ý, dù không ai còn mong đợi nữa."
    ),
    "ru": (
        "Читальный зал открыт до полуночи, потому что студенты сказали нам, что им больше негде работать. Мы "
        "дважды просили у города денег, и во второй раз он согласился, хотя этого уже никто не ждал."
    ),
    "uk": (
        "Читальний зал відкритий до півночі, бо студенти сказали нам, що їм більше ніде працювати. Ми двічі "
        "просили в міста гроші, і вдруге воно погодилося, хоча цього вже ніхто не чекав."
    ),
    "bg": (
        "Читалнята е отворена до полунощ, защото студентите ни казаха, че няма къде другаде да работят. Два пъти "
        "поискахме пари от общината и втория път тя се съгласи, макар че вече никой не го очакваше."
    ),
    "sr": (
        "Читаоница је отворена до поноћи јер су нам студенти рекли да немају где другде да раде. Двапут смо од "
        "града тражили новац, и други пут је пристао, иако то више нико није очекивао."
    ),
    "mk": (
        "Читалната е отворена до полноќ бидејќи студентите ни рекоа дека немаат каде на друго место да работат. "
        "Двапати баравме пари од градот, и вториот пат се согласи, иако тоа веќе никој не го очекуваше."
    ),
    "be": (
        "Чытальная зала адчынена да поўначы, бо студэнты сказалі нам, што ім больш няма дзе працаваць. Мы двойчы "
        "прасілі ў горада грошы, і другі раз ён згадзіўся, хоць гэтага ўжо ніхто не чакаў."
    ),
    "kk": (
        "Оқу залы түн ортасына дейін ашық, өйткені студенттер бізге басқа жұмыс істейтін жері жоқ екенін айтты. "
        "Біз қаладан екі рет ақша сұрадық, екінші рет ол келісті, бірақ мұны ешкім күтпеген еді."
    ),
}
DOUBTFUL = {
    "short": "The reading room stays open.",
    "names": "Ada Vale, Ben Marsh, Ida Krane, Nora Field, Ana Pinto, Jane Wren, Jon West. " * 3,
    "chat": "[00:01] ok ok lol haha :) +1 +1 thanks! gm gm " * 5,
    "abbreviations": "LND CLN BOLT12 HTLC PTLC UTXO DLC PSBT " * 6,
    "commands": "kubectl apply -f deployment.yaml --dry-run " * 5,
    "addresses": "https://example.org/the-reading-room-stays-open-until-midnight " * 5,
    # Croatian and Bosnian are nearly the same.
    "two languages": (
        "Čitaonica je otvorena do ponoći jer su nam studenti rekli da nemaju gdje drugdje raditi. Dvaput smo od "
        "grada tražili novac, i drugi put je pristao, iako to više nitko nije očekivao."
    ),
}


def said(text: str, **fields: str) -> Transcript:
    exchange = Exchange(question=None, answers=(Turn(text=text),))
    return Transcript(title="Night opening", exchanges=(exchange,), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", PARAGRAPHS)
def test_a_paragraph_tells_its_language(language: str) -> None:
    assert language_of(PARAGRAPHS[language]) == language


@pytest.mark.parametrize("text", DOUBTFUL.values(), ids=DOUBTFUL)
def test_a_text_that_is_short_or_doubtful_gets_no_guess(text: str) -> None:
    assert language_of(text) == ""


def test_half_a_surrogate_pair_does_no_harm() -> None:
    assert guess_language(said("\ud800" + PARAGRAPHS["de"])) == "de"


@pytest.mark.django_db
def test_load_stores_and_notes_the_guess() -> None:
    unsaid = said(PARAGRAPHS["uk"])
    results = list(load([("one", unsaid), ("two", replace(unsaid, title="Day", language="ru"))]))

    assert [one.language_guess for one in results] == ["uk", ""]
    assert results[0].message.endswith(", language guessed: uk")
    assert list(Event.objects.order_by("title").values_list("language", flat=True)) == ["ru", "uk"]


@pytest.mark.django_db
def test_preview_proposes_the_guess(desk: Client) -> None:
    page = page_of(desk, brought(desk, f"# Nachts\n\nIda Krane: {PARAGRAPHS['de']}\n\nBen Marsh: Ja.\n"))

    assert "Guessed from the text. Change it if it is wrong." in page
    assert 'name="language" value="de"' in page


def test_library_is_loaded_by_the_first_text_that_needs_it() -> None:
    program = (
        "import django, sys; django.setup(); import panels.urls; "
        "from panels.editorial.importing.language_guess import language_of; "
        "language_of('我们在夜里开放阅览室'); print('gcld3' in sys.modules)"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "False"
