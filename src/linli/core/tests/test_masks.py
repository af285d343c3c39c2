"""Masks as example tables: what stays readable, and that nothing short shows through."""

import pytest

from linli.core import masks


@pytest.mark.parametrize(
    ("mask", "value", "shown"),
    [
        (masks.mask_phone, "10012345678", "100****5678"),
        (masks.mask_phone, " 10012345678 ", "100****5678"),
        (masks.mask_phone, "0857-1234567", "085*****4567"),
        (masks.mask_phone, "1234567", "*****67"),
        (masks.mask_phone, "110", "***"),
        (masks.mask_phone, "", ""),
        (masks.mask_name, "张三丰", "张**"),
        (masks.mask_name, "张三", "张*"),
        (masks.mask_name, "张", "*"),
        (masks.mask_name, "", ""),
        (masks.mask_name, "𠮷田一郎", "𠮷***"),
        (masks.mask_name, "买买提·吐尔逊", "买***"),
        (masks.mask_address, "幸福小区3栋2单元501室", "幸福小区****"),
        (masks.mask_address, "幸福小区三栋二单元", "幸福小区****"),
        (masks.mask_address, "三合村委会旁老槐树下", "三合村委会****"),
        (masks.mask_address, "12号院", "****"),
        (masks.mask_address, "", ""),
        (masks.mask_identity, "110101190001010006", "1****************6"),
        (masks.mask_identity, "1101", "****"),
    ],
)
def test_masks(mask: object, value: str, shown: str) -> None:
    assert callable(mask)
    assert mask(value) == shown


def test_identity_numbers_are_found_by_their_check_digit() -> None:
    # The number is invented: its area code was never given out.
    good, bad = "99999919000101000", "999999190001010000"
    number = next(good + digit for digit in "0123456789X" if masks._checks(good + digit))
    assert masks.identity_numbers(f"身份证{number}，电话10012345678") == [number]
    assert masks.identity_numbers(f"编号1{number}") == []
    assert bad == number or masks.identity_numbers(bad) == []
    assert masks.identity_numbers("没有号码") == []
