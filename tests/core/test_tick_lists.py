"""Several of many are chosen by boxes to tick, in groups that fold."""

import pytest
from django import forms
from django.template.loader import render_to_string

from ccm_portal.core.models import State
from ccm_portal.core.tick_lists import TickList, groups_of, region_of
from tests import factories

pytestmark = pytest.mark.django_db


class Choice(forms.Form):
    states = forms.ModelMultipleChoiceField(
        queryset=State.objects.none(), to_field_name="slug", required=False, widget=TickList(group=region_of)
    )

    def __init__(self, *args):
        super().__init__(*args)
        self.fields["states"].queryset = State.objects.select_related("region_group").by_name()


def test_states_are_boxes_under_their_regions_and_the_one_with_a_tick_is_open(django_assert_max_num_queries):
    norway = factories.state("NOR")
    form = Choice({"states": [norway.slug]})
    groups = groups_of(form["states"])
    ticked = [group["name"] for group in groups if group["ticked"]]
    assert (sum(len(group["boxes"]) for group in groups), ticked) == (State.objects.count(), [norway.region_group.name])
    with django_assert_max_num_queries(2):
        page = render_to_string("components/field.html", {"field": Choice({"states": [norway.slug]})["states"]})
    assert (page.count('<details class="ticks" open>'), 'value="norway"' in page, "<select" in page) == (1, True, False)
    assert form.is_valid()
    assert list(form.cleaned_data["states"]) == [norway]
