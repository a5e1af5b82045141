"""Notices that recorders write into a transcript, in the languages of their users: nobody speaks them."""

from __future__ import annotations

import re
from collections.abc import Collection

from panels.formats.speakers.labels import voice_of

_NOTICES = (
    r"(?:transcribed|transcript(?:ion)? (?:is )?(?:provided|generated|created)) (?:by|with|using|in) \S+",
    r"(?:recording|transcription|meeting) (?:has )?(?:started|stopped|ended|paused)(?: after \S+)?",
    r"Transcription ended after [\d:]+",
    r"This editable transcript was computer generated and might contain errors\..*",
    r"end of (?:the )?(?:transcript(?:ion)?|audio|recording|interview|session|tape)",
    r"(?:Transkription|Aufzeichnung) (?:wurde )?(?:gestartet|beendet|angehalten)(?: nach \S+)?",
    r"Dieses bearbeitbare Transkript wurde .*",
    r"(?:La )?transcription (?:s['’]est )?(?:a )?(?:termin|arrêt|commenc|démarr)\w+(?: après \S+)?",
    r"Cette transcription modifiable .*",
    r"(?:La )?transcripción (?:ha )?(?:finaliz|termin|comenz|empez)\w+(?: después de \S+)?",
    r"Esta transcripción editable .*",
    r"(?:A )?transcrição (?:foi )?(?:encerrad|terminou|iniciad|começou)\w*(?: após \S+)?",
    r"Esta transcrição editável .*",
    r"(?:La )?trascrizione (?:è )?(?:terminat|iniziat)\w*(?: dopo \S+)?",
    r"Questa trascrizione modificabile .*",
    r"Транскрибирование (?:завершено|закончилось|начато).*",
    r"Эта редактируемая расшифровка .*",
    r"(?:全文|访谈|记录|逐字稿)(?:完|结束|結束)",
    r"(?:在\s?)?[\d:]+\s?[后後]?(?:转录|转写|轉錄|听写)已?(?:结束|結束)",
    r"(?:转录|转写|轉錄)已?[于在於]?\s?[\d:]*\s?[后後]?(?:结束|結束)",
    r"此(?:可编辑的?|可編輯的?)(?:转录|转写|轉錄|文字).*",
    r"[\d:]+ ?(?:に|後に)?文字起こし[をが](?:終了|開始)(?:しました|されました)",
    r"この編集可能な文字起こしは.*",
    r"[\d:]+ ?후?에? ?스크립트 작성이? (?:종료|시작).*",
    r"이 (?:편집|수정) 가능한 스크립트는.*",
)
_RECORDED = (
    r"(?:el |la |l['’]|die |a )?(?:Transkription|Aufzeichnung|transcripción|grabación|transcription|enregistrement|"
    r"trascrizione|registrazione|transcrição|gravação)"
)
_SWITCHES = (
    r" (?:has )?(?:started|stopped|paused|resumed) (?:the )?(?:transcription|recording)",
    rf" (?:hat|ha|a) {_RECORDED} (?:gestartet|beendet|angehalten|iniciado|detenido|démarré|arrêté|avviato|interrotto)",
    r" (?:inició|detuvo|a démarré|a arrêté|a commencé|ha avviato|ha interrotto|ha iniciado|ha detenido|iniciou|parou|"
    rf"interrompeu) {_RECORDED}",
    r" (?:начала?|остановила?|завершила?) (?:расшифровку|транскрибирование|запись)",
    r" ?已?(?:开始|停止|結束|结束|開始|啟動|启动)了?(?:转录|轉錄|录制|錄製|听录|聽錄)",
    r"さん[がは](?:文字起こし|トランスクリプト|録画)を(?:開始|停止)しました",
    r"님이 (?:전사|녹음|녹화|기록)[을를] (?:시작|중지)했습니다",
)
_NOTICE = re.compile("|".join(_NOTICES), re.IGNORECASE)
_SWITCHED = re.compile(rf"(?P<who>[^:：.,，。]{{2,60}}?)(?:{'|'.join(_SWITCHES)})")


def is_notice(line: str, voices: Collection[str]) -> bool:
    """Whether a line is a notice: `Transcription ended`, or `Ida Krane started transcription` for one of the voices."""
    switched = _SWITCHED.fullmatch(line)
    return bool(_NOTICE.fullmatch(line.strip(" *_()[]-–—"))) or bool(switched and voice_of(switched["who"]) in voices)
