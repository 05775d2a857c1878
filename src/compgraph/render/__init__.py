"""Answers to text: tables for people, standard formats for machines.

Import the module that you need (``people``, ``machine``, ``things``, ``sources``, ``findings``): a short answer loads
no other.
"""
