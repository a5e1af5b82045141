"""Hansard: the debates of the parliaments of Canada and Australia, in their own XML."""
